import { Field, ID, ObjectType } from 'type-graphql';
import { PAYMENT_METHOD_LABELS, PaymentMethod } from '../../entities/billing/payment-method.enum.js';
import { PAYMENT_STATUS_LABELS, PaymentStatus } from '../../entities/billing/payment-status.enum.js';
import { connectionOf } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { MoneyType } from '../shared/money.type.js';
import { NodeType } from '../shared/node.type.js';
import { Instant } from '../shared/scalars.js';

describeEnum(PaymentMethod, {
  name: 'PaymentMethod',
  description: 'How a payment reached us.',
  values: { CASH: 'In cash.' },
  labels: PAYMENT_METHOD_LABELS,
});

describeEnum(PaymentStatus, {
  name: 'PaymentStatus',
  description: 'Where a payment stands.',
  values: { CONFIRMED: 'The money is ours, and the balance shows it.' },
  labels: PAYMENT_STATUS_LABELS,
});

@ObjectType('Payment', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'Money that a customer gave for a contract.',
})
export class PaymentType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => MoneyType, { description: 'How much; always above zero.' })
  amount!: MoneyType;

  @Field(() => PaymentMethod, { description: 'How it reached us.' })
  method!: PaymentMethod;

  @Field(() => PaymentStatus, { description: 'Where it stands.' })
  status!: PaymentStatus;

  @Field(() => Instant, { description: 'When the customer gave it.' })
  receivedAt!: string;

  @Field(() => Instant, { description: 'When it was recorded.' })
  createdAt!: string;
}

export const PaymentConnection = connectionOf(() => PaymentType, 'Payment', 'payments');
