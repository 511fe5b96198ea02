import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { ChargeLeg } from '../../entities/calls/charge-leg.enum.js';
import type { charges } from '../../services/calls/charge.queries.js';
import type { FilterOf, OrderFieldOf } from '../../services/shared/read/readable.js';
import { ConnectionArgs } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { OrderDirection } from '../shared/order-direction.enum.js';
import { CalendarDate, Instant } from '../shared/scalars.js';

export enum ChargeOrderField {
  STARTED_AT = 'STARTED_AT',
}

describeEnum(ChargeOrderField, {
  name: 'ChargeOrderField',
  description: 'What charges are ordered by.',
  values: { STARTED_AT: 'When their calls began.' },
});

@InputType({ description: 'Which charges; every field given must hold.' })
export class ChargeFilter implements FilterOf<typeof charges> {
  @Field(() => ChargeLeg, { nullable: true, description: 'For this leg.' })
  leg?: ChargeLeg | null;

  @Field(() => Boolean, { nullable: true, description: 'Free ones, or rated ones.' })
  free?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'Of this customer.' })
  customerId?: string | null;

  @Field(() => Instant, { nullable: true, description: 'Of calls begun at this instant or later.' })
  startedFrom?: Date | null;

  @Field(() => Instant, { nullable: true, description: 'Of calls begun before this instant.' })
  startedBefore?: Date | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'Of calls begun on this day or later, in the organisation’s time zone.',
  })
  fromDay?: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'Of calls begun on this day or earlier, in the organisation’s time zone.',
  })
  toDay?: string | null;
}

@InputType({ description: 'How charges are ordered.' })
export class ChargeOrder {
  @Field(() => ChargeOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof charges>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.DESC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of charges. */
@ArgsType()
export class ChargeListArgs extends ConnectionArgs {
  @Field(() => ChargeFilter, { nullable: true, description: 'Which; all when left out.' })
  filter?: ChargeFilter | null;

  @Field(() => ChargeOrder, { nullable: true, description: 'The latest first when left out.' })
  orderBy?: ChargeOrder | null;
}
