import { ArgsType, Field, InputType } from 'type-graphql';
import { SimStatus } from '../../entities/sims/sim-status.enum.js';
import type { FilterOf, OrderFieldOf } from '../../services/shared/read/readable.js';
import type { sims } from '../../services/sims/sim.queries.js';
import { ConnectionArgs } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { OrderDirection } from '../shared/order-direction.enum.js';

export enum SimOrderField {
  ICCID = 'ICCID',
}

describeEnum(SimOrderField, {
  name: 'SimOrderField',
  description: 'What SIMs are ordered by.',
  values: { ICCID: 'The number printed on them.' },
});

@InputType({ description: 'Which SIMs; every field given must hold.' })
export class SimFilter implements FilterOf<typeof sims> {
  @Field(() => SimStatus, { nullable: true, description: 'In this status.' })
  status?: SimStatus | null;

  @Field(() => String, { nullable: true, description: 'With this ICCID.' })
  iccid?: string | null;
}

@InputType({ description: 'How SIMs are ordered.' })
export class SimOrder {
  @Field(() => SimOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof sims>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of SIMs. */
@ArgsType()
export class SimListArgs extends ConnectionArgs {
  @Field(() => SimFilter, { nullable: true, description: 'Which; all when left out.' })
  filter?: SimFilter | null;

  @Field(() => SimOrder, { nullable: true, description: 'By ICCID when left out.' })
  orderBy?: SimOrder | null;
}
