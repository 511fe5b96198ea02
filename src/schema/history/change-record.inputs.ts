import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { changeRecords } from '../../services/history/change-record.queries.js';
import type { EraseHistory } from '../../services/history/erase-history.js';
import type { FilterOf, OrderFieldOf } from '../../services/shared/read/readable.js';
import { ConnectionArgs } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { OrderDirection } from '../shared/order-direction.enum.js';
import { Instant } from '../shared/scalars.js';
import { ChangeKind } from './change-kind.descriptions.js';

export enum ChangeRecordOrderField {
  RECORDED_AT = 'RECORDED_AT',
}

describeEnum(ChangeRecordOrderField, {
  name: 'ChangeRecordOrderField',
  description: 'What changes are ordered by.',
  values: { RECORDED_AT: 'When they were made.' },
});

@InputType({ description: 'Which changes; every field given must hold.' })
export class ChangeRecordFilter implements FilterOf<typeof changeRecords> {
  @Field(() => ChangeKind, { nullable: true, description: 'Of this kind.' })
  kind?: ChangeKind | null;

  @Field(() => ID, { nullable: true, description: 'Of this object, of whatever kind it is.' })
  subjectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Made by this user.' })
  userId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Made by this customer.' })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Made with this partner’s key.' })
  partnerKeyId?: string | null;

  @Field(() => Instant, { nullable: true, description: 'Made at this instant or later.' })
  recordedFrom?: Date | null;

  @Field(() => Instant, { nullable: true, description: 'Made before this instant.' })
  recordedBefore?: Date | null;
}

@InputType({ description: 'How changes are ordered.' })
export class ChangeRecordOrder {
  @Field(() => ChangeRecordOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof changeRecords>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.DESC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of changes. */
@ArgsType()
export class ChangeRecordListArgs extends ConnectionArgs {
  @Field(() => ChangeRecordFilter, { nullable: true, description: 'Which; all when left out.' })
  filter?: ChangeRecordFilter | null;

  @Field(() => ChangeRecordOrder, { nullable: true, description: 'The latest first when left out.' })
  orderBy?: ChangeRecordOrder | null;
}

@InputType({ description: 'Whose history is to be emptied.' })
export class EraseHistoryInput implements EraseHistory {
  @Field(() => ID, { description: 'The object, of any kind that has a history.' })
  subjectId!: string;
}
