import { Field, ID, InputType } from 'type-graphql';
import type { RegisterSubscriberInput as RegisterSubscriber } from '../../services/contracts/register-subscriber.js';
import { NewCustomerInput } from '../customers/new-customer.input.js';
import { DecimalScalar } from '../shared/decimal.scalar.js';
import { Instant } from '../shared/scalars.js';

@InputType({ description: 'A subscriber to register: customer, number, SIM, tariff and opening deposit.' })
export class RegisterSubscriberInput implements RegisterSubscriber {
  @Field(() => ID, { nullable: true, description: 'An existing customer; give this or `customer`.' })
  customerId?: string | null;

  @Field(() => NewCustomerInput, { nullable: true, description: 'A new customer; give this or `customerId`.' })
  customer?: NewCustomerInput | null;

  @Field(() => String, { description: 'The number, in any usual form, such as `8(900) 111-22-33`.' })
  msisdn!: string;

  @Field(() => String, { description: 'The SIM’s ICCID: 19 or 20 digits, the last of them the check digit.' })
  iccid!: string;

  @Field(() => String, { nullable: true, description: 'The SIM’s IMSI: 15 digits.' })
  imsi?: string | null;

  @Field(() => ID, { description: 'The tariff; it must be on sale and have prices when the contract begins.' })
  tariffId!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'A cash deposit to begin with, in the organisation’s currency; none when left out.',
  })
  deposit?: string | null;

  @Field(() => Instant, {
    nullable: true,
    description:
      'Since when the contract holds; now when left out. Never in the future, and more than a day ago only from who may start imports.',
  })
  validFrom?: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is switched on at once, as when left out; else by `activateContract` later.',
  })
  activate?: boolean | null;

  @Field(() => String, { description: 'A repeat with the same key and input gives the first result.' })
  idempotencyKey!: string;
}
