import { Check, Entity, Enum, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { CREATED, IDENTITY, INSTANT } from '../shared/columns.js';
import { CustomerStatus } from './customer-status.enum.js';

/** A person or a company that is served (requirements, part 2). */
@Entity({ tableName: 'customer' })
@Check({ name: 'customer_name_check', expression: "name <> ''" })
@Index({ name: 'customer_email_index', expression: 'create index "customer_email_index" on "customer" (lower(email))' })
@Index({ properties: ['name', 'id'] })
@Index({ properties: ['createdAt', 'id'] })
export class Customer {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  /** How the customer is called in lists: the company's name, or last, first and patronymic name. */
  @Property({ type: 'text' })
  name!: string;

  @Property({ type: 'text', nullable: true })
  lastName: string | null = null;

  @Property({ type: 'text', nullable: true })
  firstName: string | null = null;

  @Property({ type: 'text', nullable: true })
  patronymic: string | null = null;

  @Property({ type: 'text', nullable: true })
  companyName: string | null = null;

  @Property({ type: 'text', nullable: true })
  email: string | null = null;

  @Enum({ items: () => CustomerStatus, type: 'text', default: CustomerStatus.ACTIVE })
  @Index()
  status: CustomerStatus = CustomerStatus.ACTIVE;

  @Property({ ...INSTANT, nullable: true })
  lastPaymentAt: Date | null = null;

  /** Of its last change, counted up under the row's lock: the order of its events. */
  @Property({ type: 'integer', default: 1 })
  version: number = 1;

  @Property({ ...CREATED })
  createdAt!: Date;
}
