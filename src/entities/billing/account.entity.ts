import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Contract } from '../contracts/contract.entity.js';
import { Customer } from '../customers/customer.entity.js';
import { CREATED, IDENTITY, MONEY } from '../shared/columns.js';
import { AccountKind } from './account-kind.enum.js';

/**
 * An account of the double-entry ledger.
 *
 * A contract's account carries its balance, which the database itself keeps equal to the sum of its postings;
 * the company's own accounts carry none, so that no row is hot for everybody (docs/decisions).
 */
@Entity({ tableName: 'account' })
@Check({
  name: 'account_owner_check',
  expression: "(kind = 'CONTRACT') = (contract_id is not null and customer_id is not null and balance is not null)",
})
@Unique({ name: 'account_company_unique', properties: ['kind', 'currency'], where: "kind <> 'CONTRACT'" })
export class Account {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @Enum({ items: () => AccountKind, type: 'text' })
  kind!: AccountKind;

  @ManyToOne({ entity: () => Contract, nullable: true, deleteRule: 'no action' })
  @Unique()
  contract: Contract | null = null;

  @ManyToOne({ entity: () => Customer, nullable: true, deleteRule: 'no action' })
  @Index()
  customer: Customer | null = null;

  /** ISO 4217. */
  @Property({ type: 'text' })
  currency!: string;

  /** What the customer has: payments less charges. Null on the company's own accounts. */
  @Property({ ...MONEY, nullable: true })
  balance: string | null = null;

  @Property({ ...CREATED })
  createdAt!: Date;
}
