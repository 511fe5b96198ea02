import { Field, ID, ObjectType } from 'type-graphql';
import { CONTRACT_STATUS_LABELS, ContractStatus } from '../../entities/contracts/contract-status.enum.js';
import { connectionOf } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { NodeType } from '../shared/node.type.js';
import { Instant, PhoneNumber } from '../shared/scalars.js';

describeEnum(ContractStatus, {
  name: 'ContractStatus',
  description: 'Where a contract stands.',
  values: {
    DRAFT: 'Being prepared.',
    ACCEPTED: 'Agreed; waits to be activated.',
    ACTIVE: 'In force.',
    SUSPENDED: 'Interrupted; can be resumed.',
    CLOSED: 'Ended.',
    CANCELLED: 'Ended before it was activated.',
  },
  labels: CONTRACT_STATUS_LABELS,
});

@ObjectType('Contract', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'A customer’s agreement: one number, one SIM, one tariff, one account.',
})
export class ContractType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => String, { description: 'What people call it by, such as `C-00000012`; the same for good.' })
  number!: string;

  @Field(() => PhoneNumber, { description: 'The subscriber’s number, E.164.' })
  msisdn!: string;

  @Field(() => ContractStatus, { description: 'Where it stands.' })
  status!: ContractStatus;

  @Field(() => Instant, { nullable: true, description: 'Since when it is in force; null before.' })
  activatedAt!: string | null;

  @Field(() => Instant, { nullable: true, description: 'When it ended; null before.' })
  closedAt!: string | null;

  @Field(() => Instant, { description: 'When it was registered.' })
  createdAt!: string;
}

export const ContractConnection = connectionOf(() => ContractType, 'Contract', 'contracts');
