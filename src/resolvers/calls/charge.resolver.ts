import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { Charge } from '../../entities/calls/charge.entity.js';
import { CallType } from '../../schema/calls/call.type.js';
import { ChargeListArgs } from '../../schema/calls/charge.inputs.js';
import { ChargeConnection, ChargeType } from '../../schema/calls/charge.type.js';
import { ContractType } from '../../schema/contracts/contract.type.js';
import { CustomerType } from '../../schema/customers/customer.type.js';
import { calls } from '../../services/calls/call.queries.js';
import { chargeConditions } from '../../services/calls/call-conditions.js';
import { charges } from '../../services/calls/charge.queries.js';
import { contracts } from '../../services/contracts/contract.queries.js';
import { customers } from '../../services/customers/customer.queries.js';
import { encodeId, keyOf } from '../../services/shared/ids/global-id.js';
import { money } from '../../services/shared/money/money.js';
import type { Row } from '../../services/shared/read/row.js';

@Resolver(() => ChargeType)
export class ChargeResolver {
  @Query(() => ChargeType, { nullable: true, description: 'One charge; null when there is none that you may see.' })
  charge(@Arg('id', () => ID, { description: 'The charge’s id.' }) id: string, @Ctx() { reader }: Context) {
    return reader.byId(charges, keyOf('Charge', id, ['id']));
  }

  @Query(() => ChargeConnection, { description: 'The charges that you may see.' })
  charges(@Args() { filter, ...page }: ChargeListArgs, @Ctx() { reader, database }: Context) {
    const conditions = chargeConditions(database.settings.calendar, filter);
    return reader.page(charges, { ...page, filter: conditions });
  }

  @FieldResolver(() => ID)
  id(@Root() charge: Row<Charge>) {
    return encodeId('Charge', charge.id);
  }

  @FieldResolver()
  amount(@Root() charge: Row<Charge>) {
    return money(charge.amount, charge.currency);
  }

  @FieldResolver()
  pricePerMinute(@Root() charge: Row<Charge>) {
    return charge.pricePerMinute === null ? null : money(charge.pricePerMinute, charge.currency);
  }

  @FieldResolver(() => CallType, { nullable: true, description: 'The call; null where you may not see it.' })
  call(@Root() charge: Row<Charge>, @Ctx() { reader }: Context) {
    return reader.byId(calls, charge.call);
  }

  @FieldResolver(() => ContractType, {
    nullable: true,
    description: 'The contract whose leg it is; null for a caller who is no subscriber, and where you may not see it.',
  })
  contract(@Root() charge: Row<Charge>, @Ctx() { reader }: Context) {
    return reader.byId(contracts, charge.contract);
  }

  @FieldResolver(() => CustomerType, {
    nullable: true,
    description: 'The customer whose leg it is; null for a caller who is no subscriber, and where you may not see it.',
  })
  customer(@Root() charge: Row<Charge>, @Ctx() { reader }: Context) {
    return reader.byId(customers, charge.customer);
  }
}
