import { Arg, Args, FieldResolver, ID, Query, Resolver } from 'type-graphql';
import { CallType } from '../../schema/calls/call.type.js';
import { ChargeListArgs } from '../../schema/calls/charge.inputs.js';
import { ChargeConnection, ChargeType } from '../../schema/calls/charge.type.js';
import { ContractType } from '../../schema/contracts/contract.type.js';
import { CustomerType } from '../../schema/customers/customer.type.js';
import { calls } from '../../services/calls/call.queries.js';
import { charges } from '../../services/calls/charge.queries.js';
import { contracts } from '../../services/contracts/contract.queries.js';
import { customers } from '../../services/customers/customer.queries.js';
import { page } from '../../services/shared/read/reads/list.js';
import { moneyOf } from '../../services/shared/read/reads/money-of.js';
import { byId, parent } from '../../services/shared/read/reads/to-one.js';
import { Declares } from '../shared/declares.js';

@Resolver(() => ChargeType)
export class ChargeResolver {
  @Query(() => ChargeType, { nullable: true, description: 'One charge; null when there is none that you may see.' })
  @Declares('id')
  charge(@Arg('id', () => ID, { description: 'The charge’s id.' }) id: string) {
    return byId(charges, id);
  }

  @Query(() => ChargeConnection, { description: 'The charges that you may see.' })
  @Declares()
  charges(@Args() list: ChargeListArgs) {
    return page(charges, list);
  }

  @FieldResolver()
  @Declares()
  amount() {
    return moneyOf('amount');
  }

  @FieldResolver()
  @Declares()
  pricePerMinute() {
    return moneyOf('pricePerMinute');
  }

  @FieldResolver(() => CallType, { nullable: true, description: 'The call; null where you may not see it.' })
  @Declares()
  call() {
    return parent(calls, 'call');
  }

  @FieldResolver(() => ContractType, {
    nullable: true,
    description: 'The contract whose leg it is; null for a caller who is no subscriber, and where you may not see it.',
  })
  @Declares()
  contract() {
    return parent(contracts, 'contract');
  }

  @FieldResolver(() => CustomerType, {
    nullable: true,
    description: 'The customer whose leg it is; null for a caller who is no subscriber, and where you may not see it.',
  })
  @Declares()
  customer() {
    return parent(customers, 'customer');
  }
}
