import { FieldResolver, Resolver } from 'type-graphql';
import { CallPartyType } from '../../schema/calls/call.type.js';
import { ContractType } from '../../schema/contracts/contract.type.js';
import { CustomerType } from '../../schema/customers/customer.type.js';
import { OperatorType } from '../../schema/identity/operator.type.js';
import { printCallNumber } from '../../services/calls/call-number.js';
import { type CallParty } from '../../services/calls/call-parties.js';
import { contracts } from '../../services/contracts/contract.queries.js';
import { customers } from '../../services/customers/customer.queries.js';
import { operators } from '../../services/identity/operator.queries.js';
import { parent } from '../../services/shared/read/reads/to-one.js';
import { computed } from '../../services/shared/read/reads/values.js';
import { Declares } from '../shared/declares.js';

@Resolver(() => CallPartyType)
export class CallPartyResolver {
  @FieldResolver()
  @Declares()
  formatted() {
    return computed<CallParty>(['number'], ({ number }) => printCallNumber(number));
  }

  @FieldResolver(() => CustomerType, {
    nullable: true,
    description: 'The customer who had the number; null for anybody else, and where you may not see who it is.',
  })
  @Declares()
  customer() {
    return parent(customers, 'customer');
  }

  @FieldResolver(() => ContractType, {
    nullable: true,
    description:
      'The contract that had the number; null for anybody else, for whom a call was redirected to, and where you may not see it.',
  })
  @Declares()
  contract() {
    return parent(contracts, 'contract');
  }

  @FieldResolver(() => OperatorType, {
    nullable: true,
    description: 'The operator who had the number; null for anybody else.',
  })
  @Declares()
  operator() {
    return parent(operators, 'operator');
  }
}
