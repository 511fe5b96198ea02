import { Args, FieldResolver, Resolver } from 'type-graphql';
import { CallListArgs } from '../../schema/calls/call.inputs.js';
import { CallConnection } from '../../schema/calls/call.type.js';
import { ChargeListArgs } from '../../schema/calls/charge.inputs.js';
import { ChargeConnection } from '../../schema/calls/charge.type.js';
import { CustomerType } from '../../schema/customers/customer.type.js';
import { calls } from '../../services/calls/call.queries.js';
import { charges } from '../../services/calls/charge.queries.js';
import { pageOf } from '../../services/shared/read/reads/list.js';
import { Declares } from '../shared/declares.js';

/** The calls of a customer, and what they cost. */
@Resolver(() => CustomerType)
export class CustomerCallsResolver {
  @FieldResolver(() => CallConnection, {
    description: 'Calls where this customer is caller or called, as far as you may see them.',
  })
  @Declares()
  calls(@Args() list: CallListArgs) {
    return pageOf(calls, ['callerCustomer', 'calledCustomer'], list);
  }

  @FieldResolver(() => ChargeConnection, { description: 'What calls cost this customer, as far as you may see it.' })
  @Declares()
  charges(@Args() list: ChargeListArgs) {
    return pageOf(charges, ['customer'], list);
  }
}
