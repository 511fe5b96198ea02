import { Arg, Args, FieldResolver, ID, Query, Resolver } from 'type-graphql';
import { PaymentListArgs } from '../../schema/billing/payment.inputs.js';
import { PaymentConnection } from '../../schema/billing/payment.type.js';
import { ContractListArgs } from '../../schema/contracts/contract.inputs.js';
import { ContractConnection } from '../../schema/contracts/contract.type.js';
import { CustomerListArgs } from '../../schema/customers/customer.inputs.js';
import { CustomerConnection, CustomerType } from '../../schema/customers/customer.type.js';
import { payments } from '../../services/billing/payment.queries.js';
import { contracts } from '../../services/contracts/contract.queries.js';
import { customers } from '../../services/customers/customer.queries.js';
import { page, pageOf } from '../../services/shared/read/reads/list.js';
import { byId } from '../../services/shared/read/reads/to-one.js';
import { Declares } from '../shared/declares.js';

@Resolver(() => CustomerType)
export class CustomerResolver {
  @Query(() => CustomerType, { nullable: true, description: 'One customer; null when there is none that you may see.' })
  @Declares('id')
  customer(@Arg('id', () => ID, { description: 'The customer’s id.' }) id: string) {
    return byId(customers, id);
  }

  @Query(() => CustomerConnection, { description: 'The customers that you may see.' })
  @Declares()
  customers(@Args() list: CustomerListArgs) {
    return page(customers, list);
  }

  @FieldResolver(() => ContractConnection, { description: 'Their contracts that you may see.' })
  @Declares()
  contracts(@Args() list: ContractListArgs) {
    return pageOf(contracts, ['customer'], list);
  }

  @FieldResolver(() => PaymentConnection, { description: 'Their payments, for all contracts, that you may see.' })
  @Declares()
  payments(@Args() list: PaymentListArgs) {
    return pageOf(payments, ['customer'], list);
  }
}
