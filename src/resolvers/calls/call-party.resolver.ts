import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import { CallPartyType } from '../../schema/calls/call.type.js';
import { ContractType } from '../../schema/contracts/contract.type.js';
import { CustomerType } from '../../schema/customers/customer.type.js';
import { OperatorType } from '../../schema/identity/operator.type.js';
import { printCallNumber } from '../../services/calls/call-number.js';
import { contracts } from '../../services/contracts/contract.queries.js';
import { customers } from '../../services/customers/customer.queries.js';
import { operators } from '../../services/identity/operator.queries.js';

/** One end of a call, as the call's row has it. */
export interface CallPartyRow {
  readonly number: string;
  readonly customerKey: string | null;
  readonly contractKey: string | null;
  readonly operatorKey: string | null;
}

@Resolver(() => CallPartyType)
export class CallPartyResolver {
  @FieldResolver()
  formatted(@Root() party: CallPartyRow) {
    return printCallNumber(party.number);
  }

  @FieldResolver(() => CustomerType, {
    nullable: true,
    description: 'The customer who had the number; null for anybody else, and where you may not see who it is.',
  })
  customer(@Root() party: CallPartyRow, @Ctx() { reader }: Context) {
    return reader.byId(customers, party.customerKey);
  }

  @FieldResolver(() => ContractType, {
    nullable: true,
    description:
      'The contract that had the number; null for anybody else, for whom a call was redirected to, and where you may not see it.',
  })
  contract(@Root() party: CallPartyRow, @Ctx() { reader }: Context) {
    return reader.byId(contracts, party.contractKey);
  }

  @FieldResolver(() => OperatorType, {
    nullable: true,
    description: 'The operator who had the number; null for anybody else.',
  })
  operator(@Root() party: CallPartyRow, @Ctx() { reader }: Context) {
    return reader.byId(operators, party.operatorKey);
  }
}
