import { ArgsType, Field, InputType } from 'type-graphql';
import { CustomerStatus } from '../../entities/customers/customer-status.enum.js';
import type { customers } from '../../services/customers/customer.queries.js';
import type { FilterOf, OrderFieldOf } from '../../services/shared/read/readable.js';
import { ConnectionArgs } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { OrderDirection } from '../shared/order-direction.enum.js';

export enum CustomerOrderField {
  NAME = 'NAME',
  CREATED_AT = 'CREATED_AT',
}

describeEnum(CustomerOrderField, {
  name: 'CustomerOrderField',
  description: 'What customers are ordered by.',
  values: { NAME: 'The name shown in lists.', CREATED_AT: 'When they were registered.' },
});

@InputType({ description: 'Which customers; every field given must hold.' })
export class CustomerFilter implements FilterOf<typeof customers> {
  @Field(() => CustomerStatus, { nullable: true, description: 'In this status.' })
  status?: CustomerStatus | null;

  @Field(() => String, { nullable: true, description: 'With this text in the name, whatever its case.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'With this e-mail, whatever its case.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'With a contract on this number, in any usual form.' })
  msisdn?: string | null;
}

@InputType({ description: 'How customers are ordered.' })
export class CustomerOrder {
  @Field(() => CustomerOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof customers>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of customers. */
@ArgsType()
export class CustomerListArgs extends ConnectionArgs {
  @Field(() => CustomerFilter, { nullable: true, description: 'Which; all when left out.' })
  filter?: CustomerFilter | null;

  @Field(() => CustomerOrder, { nullable: true, description: 'By name when left out.' })
  orderBy?: CustomerOrder | null;
}
