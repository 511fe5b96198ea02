import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { ContractStatus } from '../../entities/contracts/contract-status.enum.js';
import type { ActivateContractInput as ActivateContract } from '../../services/contracts/activate-contract.js';
import type { contracts } from '../../services/contracts/contract.queries.js';
import type { FilterOf, OrderFieldOf } from '../../services/shared/read/readable.js';
import { ConnectionArgs } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { OrderDirection } from '../shared/order-direction.enum.js';

export enum ContractOrderField {
  NUMBER = 'NUMBER',
  CREATED_AT = 'CREATED_AT',
}

describeEnum(ContractOrderField, {
  name: 'ContractOrderField',
  description: 'What contracts are ordered by.',
  values: { NUMBER: 'The contract’s number.', CREATED_AT: 'When they were registered.' },
});

@InputType({ description: 'Which contracts; every field given must hold.' })
export class ContractFilter implements FilterOf<typeof contracts> {
  @Field(() => ContractStatus, { nullable: true, description: 'In this status.' })
  status?: ContractStatus | null;

  @Field(() => String, { nullable: true, description: 'With this contract number.' })
  number?: string | null;

  @Field(() => String, { nullable: true, description: 'On this phone number, in any usual form.' })
  msisdn?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this customer.' })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'On this tariff now.' })
  tariffId?: string | null;
}

@InputType({ description: 'How contracts are ordered.' })
export class ContractOrder {
  @Field(() => ContractOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof contracts>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of contracts. */
@ArgsType()
export class ContractListArgs extends ConnectionArgs {
  @Field(() => ContractFilter, { nullable: true, description: 'Which; all when left out.' })
  filter?: ContractFilter | null;

  @Field(() => ContractOrder, { nullable: true, description: 'The first registered first when left out.' })
  orderBy?: ContractOrder | null;
}

@InputType({ description: 'Which contract to switch on.' })
export class ActivateContractInput implements ActivateContract {
  @Field(() => ID, { description: 'The contract’s id; it must be accepted.' })
  contractId!: string;

  @Field(() => String, { description: 'A repeat with the same key and input gives the first result.' })
  idempotencyKey!: string;
}
