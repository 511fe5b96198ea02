import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { Contract } from '../../entities/contracts/contract.entity.js';
import { CallFilter, CallOrder } from '../../schema/calls/call.inputs.js';
import { CallConnection } from '../../schema/calls/call.type.js';
import { ChargeFilter, ChargeOrder } from '../../schema/calls/charge.inputs.js';
import { ChargeConnection } from '../../schema/calls/charge.type.js';
import { ContractType } from '../../schema/contracts/contract.type.js';
import { ConnectionArgs } from '../../schema/shared/connection.type.js';
import { calls } from '../../services/calls/call.queries.js';
import { callConditions, chargeConditions } from '../../services/calls/call-conditions.js';
import { charges } from '../../services/calls/charge.queries.js';
import type { Row } from '../../services/shared/read/row.js';

/** The calls of a contract, and what they cost. */
@Resolver(() => ContractType)
export class ContractCallsResolver {
  @FieldResolver(() => CallConnection, {
    description: 'Calls from and to this contract’s number while it had it, as far as you may see them.',
  })
  calls(
    @Root() contract: Row<Contract>,
    @Args() page: ConnectionArgs,
    @Arg('filter', () => CallFilter, { nullable: true, description: 'Which; all when left out.' })
    filter: CallFilter | null,
    @Arg('orderBy', () => CallOrder, { nullable: true, description: 'The latest first when left out.' })
    orderBy: CallOrder | null,
    @Ctx() { reader, actor, database }: Context,
  ) {
    const conditions = callConditions(actor, database.settings.calendar, filter);
    return reader.pageOf(calls, ['callerContract', 'calledContract'], contract.id, {
      ...page,
      filter: conditions,
      orderBy,
    });
  }

  @FieldResolver(() => ChargeConnection, { description: 'What calls cost on this contract, as far as you may see it.' })
  charges(
    @Root() contract: Row<Contract>,
    @Args() page: ConnectionArgs,
    @Arg('filter', () => ChargeFilter, { nullable: true, description: 'Which; all when left out.' })
    filter: ChargeFilter | null,
    @Arg('orderBy', () => ChargeOrder, { nullable: true, description: 'The latest first when left out.' })
    orderBy: ChargeOrder | null,
    @Ctx() { reader, database }: Context,
  ) {
    const conditions = chargeConditions(database.settings.calendar, filter);
    return reader.pageOf(charges, ['contract'], contract.id, { ...page, filter: conditions, orderBy });
  }
}
