import { Check, Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { IDENTITY, MONEY } from '../shared/columns.js';
import { Account } from './account.entity.js';
import { LedgerEntry } from './ledger-entry.entity.js';

/** What an entry adds to one account: above zero a credit, below zero a debit. */
@Entity({ tableName: 'posting' })
@Check({ name: 'posting_amount_check', expression: 'amount <> 0' })
export class Posting {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => LedgerEntry })
  @Index()
  entry!: LedgerEntry;

  @ManyToOne({ entity: () => Account })
  @Index()
  account!: Account;

  @Property({ ...MONEY })
  amount!: string;
}
