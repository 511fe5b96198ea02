import { ArgsType, Field, InputType } from 'type-graphql';
import { DuplicateState } from '../../entities/distribution/duplicate-state.enum.js';
import type { leadDuplicates, leads } from '../../services/distribution/lead.queries.js';
import type { FilterOf, OrderFieldOf } from '../../services/shared/read/readable.js';
import { ConnectionArgs } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { OrderDirection } from '../shared/order-direction.enum.js';

export enum LeadOrderField {
  CREATED_AT = 'CREATED_AT',
}

describeEnum(LeadOrderField, {
  name: 'LeadOrderField',
  description: 'What leads are ordered by.',
  values: { CREATED_AT: 'When their first inquiry came.' },
});

@InputType({ description: 'Which leads; every field given must hold.' })
export class LeadFilter implements FilterOf<typeof leads> {
  @Field(() => String, { nullable: true, description: 'With this text in the name, whatever its case.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Called so by the sources, or by one with names of its own.' })
  externalId?: string | null;

  @Field(() => String, { nullable: true, description: 'Known by this phone number, in any usual form.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'Known by this e-mail address, whatever its case.' })
  email?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether they were merged into another.' })
  merged?: boolean | null;
}

@InputType({ description: 'How leads are ordered.' })
export class LeadOrder {
  @Field(() => LeadOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof leads>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.DESC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of leads. */
@ArgsType()
export class LeadListArgs extends ConnectionArgs {
  @Field(() => LeadFilter, { nullable: true, description: 'Which; all when left out.' })
  filter?: LeadFilter | null;

  @Field(() => LeadOrder, { nullable: true, description: 'The latest first when left out.' })
  orderBy?: LeadOrder | null;
}

@InputType({ description: 'Which possible duplicates; every field given must hold.' })
export class LeadDuplicateFilter implements FilterOf<typeof leadDuplicates> {
  @Field(() => DuplicateState, { nullable: true, description: 'In this state.' })
  state?: DuplicateState | null;
}

/** The arguments of every list of possible duplicates. */
@ArgsType()
export class LeadDuplicateListArgs extends ConnectionArgs {
  @Field(() => LeadDuplicateFilter, { nullable: true, description: 'Which; all when left out.' })
  filter?: LeadDuplicateFilter | null;
}
