import { Field, ID, ObjectType } from 'type-graphql';
import { CUSTOMER_STATUS_LABELS, CustomerStatus } from '../../entities/customers/customer-status.enum.js';
import { connectionOf } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { NodeType } from '../shared/node.type.js';
import { EmailAddress, Instant } from '../shared/scalars.js';

describeEnum(CustomerStatus, {
  name: 'CustomerStatus',
  description: 'Where a customer stands.',
  values: {
    ACTIVE: 'Served.',
    SUSPENDED: 'Service is interrupted and can be resumed.',
    BLOCKED: 'Service is refused.',
    CLOSED: 'No longer a customer.',
  },
  labels: CUSTOMER_STATUS_LABELS,
});

@ObjectType('Customer', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'A person or a company that is served.',
})
export class CustomerType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => String, { description: 'For lists: the company’s name, or last, first and patronymic name.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Null for a company.' })
  lastName!: string | null;

  @Field(() => String, { nullable: true, description: 'Null for a company.' })
  firstName!: string | null;

  @Field(() => String, { nullable: true, description: 'The father’s name, where there is one.' })
  patronymic!: string | null;

  @Field(() => String, { nullable: true, description: 'Null for a person.' })
  companyName!: string | null;

  @Field(() => EmailAddress, { nullable: true, description: 'Where mail to the customer goes.' })
  email!: string | null;

  @Field(() => CustomerStatus, { description: 'Where the customer stands.' })
  status!: CustomerStatus;

  @Field(() => Instant, { nullable: true, description: 'When the latest payment was received; null before the first.' })
  lastPaymentAt!: string | null;

  @Field(() => Instant, { description: 'When the customer was registered.' })
  createdAt!: string;
}

export const CustomerConnection = connectionOf(() => CustomerType, 'Customer', 'customers');
