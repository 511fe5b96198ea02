import { Field, ObjectType } from 'type-graphql';
import { CustomerType } from '../customers/customer.type.js';
import { UserErrorType } from '../shared/user-error.type.js';
import { ContractType } from './contract.type.js';

@ObjectType({ description: 'What `registerSubscriber` answers.' })
export class RegisterSubscriberPayload {
  @Field(() => ContractType, { nullable: true, description: 'The contract that was made; null when refused.' })
  contract!: object | null;

  @Field(() => CustomerType, { nullable: true, description: 'The customer, new or known before; null when refused.' })
  customer!: object | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused, every fault at once; empty when it was not.' })
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What `activateContract` answers.' })
export class ActivateContractPayload {
  @Field(() => ContractType, { nullable: true, description: 'The contract, now active; null when refused.' })
  contract!: object | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  errors!: UserErrorType[];
}
