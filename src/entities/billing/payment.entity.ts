import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Contract } from '../contracts/contract.entity.js';
import { Customer } from '../customers/customer.entity.js';
import { User } from '../identity/user.entity.js';
import { CREATED, IDENTITY, INSTANT, MONEY } from '../shared/columns.js';
import { LedgerEntry } from './ledger-entry.entity.js';
import { PaymentMethod } from './payment-method.enum.js';
import { PaymentStatus } from './payment-status.enum.js';

/** Money that a customer gave for a contract (requirements, part 5). */
@Entity({ tableName: 'payment' })
@Check({ name: 'payment_amount_check', expression: 'amount > 0' })
@Index({ properties: ['customer', 'receivedAt', 'id'] })
@Index({ properties: ['contract', 'receivedAt', 'id'] })
@Index({ properties: ['receivedAt', 'id'] })
export class Payment {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => Contract })
  contract!: Contract;

  @ManyToOne({ entity: () => Customer })
  customer!: Customer;

  @Property({ ...MONEY })
  amount!: string;

  /** ISO 4217. */
  @Property({ type: 'text' })
  currency!: string;

  @Enum({ items: () => PaymentMethod, type: 'text' })
  method!: PaymentMethod;

  @Enum({ items: () => PaymentStatus, type: 'text' })
  status!: PaymentStatus;

  /** The entry that posted it. */
  @ManyToOne({ entity: () => LedgerEntry })
  @Unique()
  entry!: LedgerEntry;

  /** Who took it; null for a load or a partner. */
  @ManyToOne({ entity: () => User, nullable: true, deleteRule: 'no action' })
  takenBy: User | null = null;

  @Property({ ...INSTANT })
  receivedAt!: Date;

  @Property({ ...CREATED })
  createdAt!: Date;
}
