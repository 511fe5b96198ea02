import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { CallDirection } from '../../entities/calls/call-direction.enum.js';
import { CallStatus } from '../../entities/calls/call-status.enum.js';
import type { calls } from '../../services/calls/call.queries.js';
import type { NewCall } from '../../services/calls/new-call.js';
import type { FilterOf, OrderFieldOf } from '../../services/shared/read/readable.js';
import { ConnectionArgs } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { OrderDirection } from '../shared/order-direction.enum.js';
import { CalendarDate, Instant } from '../shared/scalars.js';

export enum CallOrderField {
  STARTED_AT = 'STARTED_AT',
}

describeEnum(CallOrderField, {
  name: 'CallOrderField',
  description: 'What calls are ordered by.',
  values: { STARTED_AT: 'When they began.' },
});

@InputType({ description: 'Which calls; every field given must hold.' })
export class CallFilter implements FilterOf<typeof calls> {
  @Field(() => CallStatus, { nullable: true, description: 'That ended like this.' })
  status?: CallStatus | null;

  @Field(() => CallDirection, { nullable: true, description: 'In this direction.' })
  direction?: CallDirection | null;

  @Field(() => String, { nullable: true, description: 'From or to this number, in any usual form.' })
  number?: string | null;

  @Field(() => ID, { nullable: true, description: 'With this operator as caller, called, or target of a redirection.' })
  operatorId?: string | null;

  @Field(() => ID, { nullable: true, description: 'With this customer as caller or called.' })
  customerId?: string | null;

  @Field(() => Instant, { nullable: true, description: 'Begun at this instant or later.' })
  startedFrom?: Date | null;

  @Field(() => Instant, { nullable: true, description: 'Begun before this instant.' })
  startedBefore?: Date | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'Begun on this day or later, in the organisation’s time zone.',
  })
  fromDay?: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'Begun on this day or earlier, in the organisation’s time zone.',
  })
  toDay?: string | null;
}

@InputType({ description: 'How calls are ordered.' })
export class CallOrder {
  @Field(() => CallOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof calls>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.DESC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of calls. */
@ArgsType()
export class CallListArgs extends ConnectionArgs {
  @Field(() => CallFilter, { nullable: true, description: 'Which; all when left out.' })
  filter?: CallFilter | null;

  @Field(() => CallOrder, { nullable: true, description: 'The latest first when left out.' })
  orderBy?: CallOrder | null;
}

@InputType({ description: 'A call to record, as a telephony system tells of it.' })
export class NewCallInput implements NewCall {
  @Field(() => String, { description: 'The telephony system that carried it, by a name of your choice.' })
  exchange!: string;

  @Field(() => String, { description: 'Its id there: the same exchange and id twice are one call.' })
  externalId!: string;

  @Field(() => String, { description: 'Who called: a number in any usual form, or an internal one of 2 to 6 digits.' })
  caller!: string;

  @Field(() => String, { description: 'Who was called, likewise.' })
  called!: string;

  @Field(() => CallStatus, { description: 'How it ended.' })
  status!: CallStatus;

  @Field(() => String, {
    nullable: true,
    description: 'Where it was passed on to: with `REDIRECTED`, and with nothing else.',
  })
  redirectedTo?: string | null;

  // Texts: a scalar would refuse the whole batch for one call whose instant is none.
  @Field(() => String, {
    description:
      'When it began: an instant in ISO 8601 with its offset, such as `2026-09-01T12:00:00Z` or `2026-09-01T15:00:00+03:00`, at most a day ahead.',
  })
  startedAt!: string;

  @Field(() => String, { nullable: true, description: 'When it was answered, likewise; only of one that was.' })
  answeredAt?: string | null;

  @Field(() => String, { nullable: true, description: 'When it ended, likewise.' })
  endedAt?: string | null;

  @Field(() => Int, { description: 'Seconds spoken, at most a day; 0 unless it was answered.' })
  durationSeconds!: number;
}

@InputType({ description: 'A batch of calls to record.' })
export class RecordCallsInput {
  @Field(() => [NewCallInput], {
    description: 'From 1 to 10,000 calls; included minutes are used up in this order.',
  })
  calls!: NewCallInput[];

  @Field(() => String, { description: 'A repeat with the same key and input gives the first result.' })
  idempotencyKey!: string;
}
