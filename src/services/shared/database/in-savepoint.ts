import { sql } from 'kysely';
import type { Work } from './work.js';

/**
 * Runs a part of a use case so that it is whole or not at all, whatever becomes of the rest of the transaction.
 *
 * The part has a unit of work of its own; when it fails, what it wrote is gone and the transaction goes on.
 */
export async function inSavepoint<Result>(work: Work, run: (work: Work) => Promise<Result>): Promise<Result> {
  await work.em.flush();
  await work.rows(sql`savepoint part`);
  const em = work.em.fork({ clear: true, keepTransactionContext: true });
  try {
    const result = await run({ ...work, em });
    await em.flush();
    await work.rows(sql`release savepoint part`);
    return result;
  } catch (error) {
    await work.rows(sql`rollback to savepoint part`);
    await work.rows(sql`release savepoint part`);
    throw error;
  }
}
