import { Arg, Args, FieldResolver, ID, Query, Resolver } from 'type-graphql';
import { ContractType } from '../../schema/contracts/contract.type.js';
import { SimListArgs } from '../../schema/sims/sim.inputs.js';
import { SimConnection, SimType } from '../../schema/sims/sim.type.js';
import { contracts, LIVE } from '../../services/contracts/contract.queries.js';
import { page } from '../../services/shared/read/reads/list.js';
import { shown } from '../../services/shared/read/reads/shown.js';
import { byId, child } from '../../services/shared/read/reads/to-one.js';
import { column } from '../../services/shared/read/reads/values.js';
import { IMSI_SHOWN } from '../../services/sims/sim.policy.js';
import { sims } from '../../services/sims/sim.queries.js';
import { Declares } from '../shared/declares.js';

@Resolver(() => SimType)
export class SimResolver {
  @Query(() => SimType, { nullable: true, description: 'One SIM; null when there is none that you may see.' })
  @Declares('id')
  sim(@Arg('id', () => ID, { description: 'The SIM’s id.' }) id: string) {
    return byId(sims, id);
  }

  @Query(() => SimConnection, { description: 'The SIMs that you may see.' })
  @Declares()
  sims(@Args() list: SimListArgs) {
    return page(sims, list);
  }

  @FieldResolver()
  @Declares()
  imsi() {
    return shown(IMSI_SHOWN, column('imsi'));
  }

  @FieldResolver(() => ContractType, {
    nullable: true,
    description: 'The contract that it stands in now; null for none, or where you may not see it.',
  })
  @Declares()
  contract() {
    return child(contracts, 'sim', LIVE);
  }
}
