import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PaymentMethod } from '../../entities/billing/payment-method.enum.js';
import type { payments } from '../../services/billing/payment.queries.js';
import type { RecordPaymentInput as RecordPayment } from '../../services/billing/record-payment.js';
import type { FilterOf, OrderFieldOf } from '../../services/shared/read/readable.js';
import { ConnectionArgs } from '../shared/connection.type.js';
import { DecimalScalar } from '../shared/decimal.scalar.js';
import { describeEnum } from '../shared/describe-enum.js';
import { OrderDirection } from '../shared/order-direction.enum.js';
import { Instant } from '../shared/scalars.js';

export enum PaymentOrderField {
  RECEIVED_AT = 'RECEIVED_AT',
}

describeEnum(PaymentOrderField, {
  name: 'PaymentOrderField',
  description: 'What payments are ordered by.',
  values: { RECEIVED_AT: 'When the customer gave them.' },
});

@InputType({ description: 'Which payments; every field given must hold.' })
export class PaymentFilter implements FilterOf<typeof payments> {
  @Field(() => PaymentMethod, { nullable: true, description: 'That reached us in this way.' })
  method?: PaymentMethod | null;

  @Field(() => ID, { nullable: true, description: 'Of this customer.' })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'For this contract.' })
  contractId?: string | null;

  @Field(() => Instant, { nullable: true, description: 'Received at this instant or later.' })
  receivedFrom?: Date | null;

  @Field(() => Instant, { nullable: true, description: 'Received before this instant.' })
  receivedBefore?: Date | null;
}

@InputType({ description: 'How payments are ordered.' })
export class PaymentOrder {
  @Field(() => PaymentOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof payments>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.DESC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of payments. */
@ArgsType()
export class PaymentListArgs extends ConnectionArgs {
  @Field(() => PaymentFilter, { nullable: true, description: 'Which; all when left out.' })
  filter?: PaymentFilter | null;

  @Field(() => PaymentOrder, { nullable: true, description: 'The latest first when left out.' })
  orderBy?: PaymentOrder | null;
}

@InputType({ description: 'A payment that was taken.' })
export class RecordPaymentInput implements RecordPayment {
  @Field(() => ID, { description: 'The contract that it is for.' })
  contractId!: string;

  @Field(() => DecimalScalar, {
    description: 'How much, above zero, in the organisation’s currency and with no more than its decimals.',
  })
  amount!: string;

  @Field(() => PaymentMethod, { nullable: true, description: 'How it reached us; in cash when left out.' })
  method?: PaymentMethod | null;

  @Field(() => Instant, { nullable: true, description: 'When it was given, not in the future; now when left out.' })
  receivedAt?: Date | null;

  @Field(() => String, { description: 'A repeat with the same key and input gives the first result.' })
  idempotencyKey!: string;
}
