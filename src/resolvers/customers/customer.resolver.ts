import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { Customer } from '../../entities/customers/customer.entity.js';
import { CustomerFilter, CustomerOrder } from '../../schema/customers/customer.inputs.js';
import { CustomerConnection, CustomerType } from '../../schema/customers/customer.type.js';
import { ConnectionArgs } from '../../schema/shared/connection.type.js';
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
}
