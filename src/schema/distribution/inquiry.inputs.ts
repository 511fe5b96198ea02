import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { AssignmentWay } from '../../entities/distribution/assignment-way.enum.js';
import { InquiryStatus } from '../../entities/distribution/inquiry-status.enum.js';
import type { assignments, inquiries } from '../../services/distribution/inquiry.queries.js';
import type { RegisterInquiryInput as RegisterInquiry } from '../../services/distribution/register-inquiry.js';
import type { FilterOf, OrderFieldOf } from '../../services/shared/read/readable.js';
import { ConnectionArgs } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { OrderDirection } from '../shared/order-direction.enum.js';
import { Instant } from '../shared/scalars.js';

export enum InquiryOrderField {
  REGISTERED_AT = 'REGISTERED_AT',
}

describeEnum(InquiryOrderField, {
  name: 'InquiryOrderField',
  description: 'What inquiries are ordered by.',
  values: { REGISTERED_AT: 'When they came in.' },
});

@InputType({ description: 'Which inquiries; every field given must hold.' })
export class InquiryFilter implements FilterOf<typeof inquiries> {
  @Field(() => InquiryStatus, { nullable: true, description: 'With this status.' })
  status?: InquiryStatus | null;

  @Field(() => Boolean, { nullable: true, description: 'Those that wait for an operator, or those that do not.' })
  waiting?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Those that owe an answer whose deadline has passed (`OVERDUE`), or those that do not.',
  })
  overdue?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'Of this lead.' })
  leadId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Through this source.' })
  sourceId?: string | null;

  @Field(() => ID, { nullable: true, description: 'That this operator has, or had when they ended.' })
  operatorId?: string | null;

  @Field(() => Instant, { nullable: true, description: 'That came at this instant or later.' })
  registeredFrom?: Date | null;

  @Field(() => Instant, { nullable: true, description: 'That came before this instant.' })
  registeredBefore?: Date | null;
}

@InputType({ description: 'How inquiries are ordered.' })
export class InquiryOrder {
  @Field(() => InquiryOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof inquiries>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.DESC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of inquiries. */
@ArgsType()
export class InquiryListArgs extends ConnectionArgs {
  @Field(() => InquiryFilter, { nullable: true, description: 'Which; all when left out.' })
  filter?: InquiryFilter | null;

  @Field(() => InquiryOrder, { nullable: true, description: 'The latest first when left out.' })
  orderBy?: InquiryOrder | null;
}

@InputType({ description: 'Which assignments; every field given must hold.' })
export class AssignmentFilter implements FilterOf<typeof assignments> {
  @Field(() => AssignmentWay, { nullable: true, description: 'Made in this way.' })
  way?: AssignmentWay | null;
}

/** The arguments of every list of assignments. */
@ArgsType()
export class AssignmentListArgs extends ConnectionArgs {
  @Field(() => AssignmentFilter, { nullable: true, description: 'Which; all when left out.' })
  filter?: AssignmentFilter | null;
}

@InputType({ description: 'An inquiry that came in; who it is of is said by an external id, a phone or an e-mail.' })
export class RegisterInquiryInput implements RegisterInquiry {
  @Field(() => String, { description: 'The source: its name, whatever its case, or its id.' })
  source!: string;

  @Field(() => String, { nullable: true, description: 'What the source calls the person.' })
  externalId?: string | null;

  @Field(() => String, { nullable: true, description: 'Their phone number, in any usual form.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'Their e-mail address.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'Their name.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is about, at most 10,000 characters.' })
  message?: string | null;

  @Field(() => Int, { nullable: true, description: 'From -100 to 100, the higher first; the source’s when left out.' })
  priority?: number | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Skills that it asks for, beside those of the source; the same whatever their case.',
  })
  skills?: string[] | null;

  @Field(() => String, { description: 'A repeat with the same key and input gives the first result.' })
  idempotencyKey!: string;
}
