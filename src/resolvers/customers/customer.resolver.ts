import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { Customer } from '../../entities/customers/customer.entity.js';
import { PaymentFilter, PaymentOrder } from '../../schema/billing/payment.inputs.js';
import { PaymentConnection } from '../../schema/billing/payment.type.js';
import { ContractFilter, ContractOrder } from '../../schema/contracts/contract.inputs.js';
import { ContractConnection } from '../../schema/contracts/contract.type.js';
import { CustomerFilter, CustomerOrder } from '../../schema/customers/customer.inputs.js';
import { CustomerConnection, CustomerType } from '../../schema/customers/customer.type.js';
import { ConnectionArgs } from '../../schema/shared/connection.type.js';
import { payments } from '../../services/billing/payment.queries.js';
import { contracts } from '../../services/contracts/contract.queries.js';
import { customers } from '../../services/customers/customer.queries.js';
import { encodeId, keyOf } from '../../services/shared/ids/global-id.js';
import type { Row } from '../../services/shared/read/row.js';

@Resolver(() => CustomerType)
export class CustomerResolver {
  @Query(() => CustomerType, { nullable: true, description: 'One customer; null when there is none that you may see.' })
  customer(@Arg('id', () => ID, { description: 'The customer’s id.' }) id: string, @Ctx() { reader }: Context) {
    return reader.byId(customers, keyOf('Customer', id, ['id']));
  }

  @Query(() => CustomerConnection, { description: 'The customers that you may see.' })
  customers(
    @Args() page: ConnectionArgs,
    @Arg('filter', () => CustomerFilter, { nullable: true, description: 'Which; all when left out.' })
    filter: CustomerFilter | null,
    @Arg('orderBy', () => CustomerOrder, { nullable: true, description: 'By name when left out.' })
    orderBy: CustomerOrder | null,
    @Ctx() { reader }: Context,
  ) {
    return reader.page(customers, { ...page, filter, orderBy });
  }

  @FieldResolver(() => ID)
  id(@Root() customer: Row<Customer>) {
    return encodeId('Customer', customer.id);
  }

  @FieldResolver(() => ContractConnection, { description: 'Their contracts that you may see.' })
  contracts(
    @Root() customer: Row<Customer>,
    @Args() page: ConnectionArgs,
    @Arg('filter', () => ContractFilter, { nullable: true, description: 'Which; all when left out.' })
    filter: ContractFilter | null,
    @Arg('orderBy', () => ContractOrder, { nullable: true, description: 'The first registered first when left out.' })
    orderBy: ContractOrder | null,
    @Ctx() { reader }: Context,
  ) {
    return reader.pageOf(contracts, ['customer'], customer.id, { ...page, filter, orderBy });
  }

  @FieldResolver(() => PaymentConnection, { description: 'Their payments, for all contracts, that you may see.' })
  payments(
    @Root() customer: Row<Customer>,
    @Args() page: ConnectionArgs,
    @Arg('filter', () => PaymentFilter, { nullable: true, description: 'Which; all when left out.' })
    filter: PaymentFilter | null,
    @Arg('orderBy', () => PaymentOrder, { nullable: true, description: 'The latest first when left out.' })
    orderBy: PaymentOrder | null,
    @Ctx() { reader }: Context,
  ) {
    return reader.pageOf(payments, ['customer'], customer.id, { ...page, filter, orderBy });
  }
}
