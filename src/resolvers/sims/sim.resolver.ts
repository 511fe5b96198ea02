import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { Sim } from '../../entities/sims/sim.entity.js';
import { ContractType } from '../../schema/contracts/contract.type.js';
import { ConnectionArgs } from '../../schema/shared/connection.type.js';
import { SimFilter, SimOrder } from '../../schema/sims/sim.inputs.js';
import { SimConnection, SimType } from '../../schema/sims/sim.type.js';
import { contractOfSim } from '../../services/contracts/contract.queries.js';
import { encodeId, keyOf } from '../../services/shared/ids/global-id.js';
import type { Row } from '../../services/shared/read/row.js';
import { seesImsi } from '../../services/sims/sim.policy.js';
import { sims } from '../../services/sims/sim.queries.js';

@Resolver(() => SimType)
export class SimResolver {
  @Query(() => SimType, { nullable: true, description: 'One SIM; null when there is none that you may see.' })
  sim(@Arg('id', () => ID, { description: 'The SIM’s id.' }) id: string, @Ctx() { reader }: Context) {
    return reader.byId(sims, keyOf('Sim', id, ['id']));
  }

  @Query(() => SimConnection, { description: 'The SIMs that you may see.' })
  sims(
    @Args() page: ConnectionArgs,
    @Arg('filter', () => SimFilter, { nullable: true, description: 'Which; all when left out.' })
    filter: SimFilter | null,
    @Arg('orderBy', () => SimOrder, { nullable: true, description: 'By ICCID when left out.' })
    orderBy: SimOrder | null,
    @Ctx() { reader }: Context,
  ) {
    return reader.page(sims, { ...page, filter, orderBy });
  }

  @FieldResolver(() => ID)
  id(@Root() sim: Row<Sim>) {
    return encodeId('Sim', sim.id);
  }

  @FieldResolver()
  imsi(@Root() sim: Row<Sim>, @Ctx() { actor }: Context) {
    return seesImsi(actor) ? sim.imsi : null;
  }

  @FieldResolver(() => ContractType, {
    nullable: true,
    description: 'The contract that it stands in now; null for none, or where you may not see it.',
  })
  contract(@Root() sim: Row<Sim>, @Ctx() { reader }: Context) {
    return contractOfSim(reader, sim.id);
  }
}
