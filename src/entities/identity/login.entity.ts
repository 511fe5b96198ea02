import { Check, Entity, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Customer } from '../customers/customer.entity.js';
import { IDENTITY } from '../shared/columns.js';
import { User } from './user.entity.js';

/** What somebody signs in with: an e-mail and a password, of a user or of a customer. */
@Entity({ tableName: 'login' })
@Check({ name: 'login_owner_check', expression: 'num_nonnulls(user_id, customer_id) = 1' })
export class Login {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  /** As it was entered. */
  @Property({ type: 'text' })
  email!: string;

  /** In lower case: one login for an address, whatever its case. */
  @Property({ type: 'text' })
  @Unique()
  emailKey!: string;

  /** Argon2id; null while an invitation is open. */
  @Property({ type: 'text', nullable: true, hidden: true })
  passwordHash: string | null = null;

  @ManyToOne({ entity: () => User, nullable: true, deleteRule: 'no action' })
  @Unique()
  user: User | null = null;

  @ManyToOne({ entity: () => Customer, nullable: true, deleteRule: 'no action' })
  @Unique()
  customer: Customer | null = null;
}
