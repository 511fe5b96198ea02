import { sql } from 'kysely';
import type { LedgerEntryKind } from '../../entities/billing/ledger-entry-kind.enum.js';
import { newKeys } from '../shared/database/new-keys.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';

/** One movement of money between accounts. */
export interface NewEntry {
  readonly kind: LedgerEntryKind;
  /** When it happened outside: the payment was taken, the call began. */
  readonly occurredAt: Date;
  /** Above zero a credit, below zero a debit; decimal strings that sum to zero, none of them zero. */
  readonly postings: readonly { readonly accountId: string; readonly amount: string }[];
}

const NUMERIC_OVERFLOW = '22003';

/**
 * Posts an entry to the ledger; the database brings the balances along and refuses what does not sum to zero.
 *
 * @returns the entry's key
 * @throws Refusal with LIMIT_EXCEEDED when a balance would grow past any sum that the ledger holds
 */
export async function postEntry(work: Work, entry: NewEntry): Promise<string> {
  const [id] = await postEntries(work, [entry]);
  return id!;
}

/**
 * Posts many entries, in three statements however many they are.
 *
 * Whoever posts to several contracts' accounts at once locks these before, in ascending key order.
 *
 * @returns the entries' keys, in their order
 * @throws Refusal with LIMIT_EXCEEDED when a balance would grow past any sum that the ledger holds
 */
export async function postEntries(work: Work, entries: readonly NewEntry[]): Promise<string[]> {
  if (entries.length === 0) return [];
  const ids = await newKeys(work, 'ledger_entry', entries.length);
  await work.rows(sql`
    insert into ledger_entry (id, kind, occurred_at)
    select * from unnest(
      ${ids}::bigint[],
      ${entries.map((entry) => entry.kind)}::text[],
      ${entries.map((entry) => entry.occurredAt.toISOString())}::timestamptz[])`);
  const postings = entries.flatMap((entry, i) => entry.postings.map((posting) => ({ ...posting, entryId: ids[i]! })));
  try {
    await work.rows(sql`
      insert into posting (entry_id, account_id, amount)
      select * from unnest(
        ${postings.map((posting) => posting.entryId)}::bigint[],
        ${postings.map((posting) => posting.accountId)}::bigint[],
        ${postings.map((posting) => posting.amount)}::numeric[])`);
  } catch (error) {
    if ((error as { code?: string }).code !== NUMERIC_OVERFLOW) throw error;
    throw refuse(ErrorCode.LIMIT_EXCEEDED, 'The balance would be larger than any sum we keep.', ['input']);
  }
  return ids;
}
