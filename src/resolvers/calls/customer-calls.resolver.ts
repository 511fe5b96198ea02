import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { Customer } from '../../entities/customers/customer.entity.js';
import { CallListArgs } from '../../schema/calls/call.inputs.js';
import { CallConnection } from '../../schema/calls/call.type.js';
import { ChargeListArgs } from '../../schema/calls/charge.inputs.js';
import { ChargeConnection } from '../../schema/calls/charge.type.js';
import { CustomerType } from '../../schema/customers/customer.type.js';
import type { Row } from '../../services/shared/read/row.js';
import { callsOf, chargesOf } from './calls-of.js';

/** The calls of a customer, and what they cost. */
@Resolver(() => CustomerType)
export class CustomerCallsResolver {
  @FieldResolver(() => CallConnection, {
    description: 'Calls where this customer is caller or called, as far as you may see them.',
  })
  calls(@Root() customer: Row<Customer>, @Args() list: CallListArgs, @Ctx() context: Context) {
    return callsOf(context, ['callerCustomer', 'calledCustomer'], customer.id, list);
  }

  @FieldResolver(() => ChargeConnection, { description: 'What calls cost this customer, as far as you may see it.' })
  charges(@Root() customer: Row<Customer>, @Args() list: ChargeListArgs, @Ctx() context: Context) {
    return chargesOf(context, 'customer', customer.id, list);
  }
}
