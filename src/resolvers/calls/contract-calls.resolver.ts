import { Args, FieldResolver, Resolver } from 'type-graphql';
import { CallListArgs } from '../../schema/calls/call.inputs.js';
import { CallConnection } from '../../schema/calls/call.type.js';
import { ChargeListArgs } from '../../schema/calls/charge.inputs.js';
import { ChargeConnection } from '../../schema/calls/charge.type.js';
import { ContractType } from '../../schema/contracts/contract.type.js';
import { calls } from '../../services/calls/call.queries.js';
import { charges } from '../../services/calls/charge.queries.js';
import { pageOf } from '../../services/shared/read/reads/list.js';
import { Declares } from '../shared/declares.js';

/** The calls of a contract, and what they cost. */
@Resolver(() => ContractType)
export class ContractCallsResolver {
  @FieldResolver(() => CallConnection, {
    description: 'Calls from and to this contract’s number while it had it, as far as you may see them.',
  })
  @Declares()
  calls(@Args() list: CallListArgs) {
    return pageOf(calls, ['callerContract', 'calledContract'], list);
  }

  @FieldResolver(() => ChargeConnection, { description: 'What calls cost on this contract, as far as you may see it.' })
  @Declares()
  charges(@Args() list: ChargeListArgs) {
    return pageOf(charges, ['contract'], list);
  }
}
