import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { Contract } from '../../entities/contracts/contract.entity.js';
import { CallListArgs } from '../../schema/calls/call.inputs.js';
import { CallConnection } from '../../schema/calls/call.type.js';
import { ChargeListArgs } from '../../schema/calls/charge.inputs.js';
import { ChargeConnection } from '../../schema/calls/charge.type.js';
import { ContractType } from '../../schema/contracts/contract.type.js';
import type { Row } from '../../services/shared/read/row.js';
import { callsOf, chargesOf } from './calls-of.js';

/** The calls of a contract, and what they cost. */
@Resolver(() => ContractType)
export class ContractCallsResolver {
  @FieldResolver(() => CallConnection, {
    description: 'Calls from and to this contract’s number while it had it, as far as you may see them.',
  })
  calls(@Root() contract: Row<Contract>, @Args() list: CallListArgs, @Ctx() context: Context) {
    return callsOf(context, ['callerContract', 'calledContract'], contract.id, list);
  }

  @FieldResolver(() => ChargeConnection, { description: 'What calls cost on this contract, as far as you may see it.' })
  charges(@Root() contract: Row<Contract>, @Args() list: ChargeListArgs, @Ctx() context: Context) {
    return chargesOf(context, 'contract', contract.id, list);
  }
}
