import { Check, Entity, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Customer } from '../customers/customer.entity.js';
import { Operator } from '../identity/operator.entity.js';
import { IDENTITY } from '../shared/columns.js';

/** That a customer or an operator took part in an answered call of a day: what makes the distinct count exact. */
@Entity({ tableName: 'daily_active_subscriber' })
@Unique({ properties: ['day', 'customer'] })
@Unique({ properties: ['day', 'operator'] })
@Check({ name: 'daily_active_subscriber_check', expression: 'num_nonnulls(customer_id, operator_id) = 1' })
export class DailyActiveSubscriber {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @Property({ type: 'date' })
  day!: string;

  @ManyToOne({ entity: () => Customer, nullable: true, deleteRule: 'no action' })
  customer: Customer | null = null;

  @ManyToOne({ entity: () => Operator, nullable: true, deleteRule: 'no action' })
  operator: Operator | null = null;
}
