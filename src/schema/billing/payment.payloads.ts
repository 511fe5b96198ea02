import { Field, ObjectType } from 'type-graphql';
import { UserErrorType } from '../shared/user-error.type.js';
import { PaymentType } from './payment.type.js';

@ObjectType({ description: 'What `recordPayment` answers.' })
export class RecordPaymentPayload {
  @Field(() => PaymentType, { nullable: true, description: 'The payment, posted; null when refused.' })
  payment!: object | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  errors!: UserErrorType[];
}
