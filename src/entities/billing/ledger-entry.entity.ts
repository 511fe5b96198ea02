import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { CREATED, IDENTITY, INSTANT } from '../shared/columns.js';
import { LedgerEntryKind } from './ledger-entry-kind.enum.js';

/** One movement of money; its postings sum to zero, and nothing of it is ever changed or deleted. */
@Entity({ tableName: 'ledger_entry' })
export class LedgerEntry {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @Enum({ items: () => LedgerEntryKind, type: 'text' })
  kind!: LedgerEntryKind;

  /** When it happened outside: the payment was taken, the call began. */
  @Property({ ...INSTANT })
  occurredAt!: Date;

  @Property({ ...CREATED })
  postedAt!: Date;
}
