import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { sources, sourceWeights } from '../../services/distribution/source.queries.js';
import type { FilterOf, OrderFieldOf } from '../../services/shared/read/readable.js';
import { ConnectionArgs } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { OrderDirection } from '../shared/order-direction.enum.js';

export enum SourceOrderField {
  NAME = 'NAME',
  CREATED_AT = 'CREATED_AT',
}

describeEnum(SourceOrderField, {
  name: 'SourceOrderField',
  description: 'What sources are ordered by.',
  values: { NAME: 'The name.', CREATED_AT: 'When they were made.' },
});

@InputType({ description: 'Which sources; every field given must hold.' })
export class SourceFilter implements FilterOf<typeof sources> {
  @Field(() => String, { nullable: true, description: 'With this text in the name, whatever its case.' })
  name?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Those that were removed, or those that were not; null for both.',
  })
  removed?: boolean | null;
}

@InputType({ description: 'How sources are ordered.' })
export class SourceOrder {
  @Field(() => SourceOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof sources>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of sources. */
@ArgsType()
export class SourceListArgs extends ConnectionArgs {
  @Field(() => SourceFilter, { defaultValue: { removed: false }, description: 'Which.' })
  filter!: SourceFilter;

  @Field(() => SourceOrder, { nullable: true, description: 'By name when left out.' })
  orderBy?: SourceOrder | null;
}

@InputType({ description: 'Which weights; every field given must hold.' })
export class SourceWeightFilter implements FilterOf<typeof sourceWeights> {
  @Field(() => ID, { nullable: true, description: 'Of this operator.' })
  operatorId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Those of sources that were removed, which keep the weights that they had, or of those that were not.',
  })
  sourceRemoved?: boolean | null;
}

/** The arguments of every list of weights. */
@ArgsType()
export class SourceWeightListArgs extends ConnectionArgs {
  @Field(() => SourceWeightFilter, { nullable: true, description: 'Which; all when left out.' })
  filter?: SourceWeightFilter | null;
}
