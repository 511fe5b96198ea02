import { Field, InputType } from 'type-graphql';
import type { NewCustomerInput as NewCustomer } from '../../services/customers/customer-input.js';

@InputType({
  description: 'A customer to register: a person by last and first name or by full name, or a company by its name.',
})
export class NewCustomerInput implements NewCustomer {
  @Field(() => String, { nullable: true, description: 'Last, first and patronymic name in one text, in this order.' })
  fullName?: string | null;

  @Field(() => String, { nullable: true, description: 'The last name.' })
  lastName?: string | null;

  @Field(() => String, { nullable: true, description: 'The first name.' })
  firstName?: string | null;

  @Field(() => String, { nullable: true, description: 'The father’s name, where there is one.' })
  patronymic?: string | null;

  @Field(() => String, { nullable: true, description: 'The name of a company.' })
  companyName?: string | null;

  @Field(() => String, { nullable: true, description: 'Where mail to the customer goes.' })
  email?: string | null;
}
