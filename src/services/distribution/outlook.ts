import { sql } from 'kysely';
import type { Database } from '../shared/database/database.js';

/** What the distribution has to do, or when next. */
export interface Outlook {
  /** The first instant at which an offer runs out or a deadline is to be told of; undefined where there is none. */
  readonly dueAt: Date | undefined;
  /** Whether any inquiry waits. */
  readonly waits: boolean;
  /** Whether somebody could take one that does. */
  readonly room: boolean;
}

/** Looks what there is to do, without a lock or a transaction: it is asked after every event of the product. */
export async function lookOut(database: Database, now: Date): Promise<Outlook> {
  const { day, time } = database.settings.calendar.weekTimeOf(now);
  const [row] = await database.rows(sql<{ due_at: string | null; waits: boolean; room: boolean }>`
    select due_at, waits, room from distribution.outlook(${day}, ${time})`);
  const { due_at, waits, room } = row!;
  return { dueAt: due_at === null ? undefined : new Date(due_at), waits, room };
}
