import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import { keyOf } from '../shared/ids/global-id.js';
import { holdSource } from './hold-source.js';

/** The HTTP intake of a source, locked for the transaction. */
export interface HeldSourceIntake {
  /** Of the source. */
  readonly id: string;
  /** Sealed; null while it is closed. */
  readonly secret: string | null;
}

/**
 * Locks a source whose intake is to be opened or closed.
 *
 * @param path of the input's field, for the error
 * @throws Refusal with BAD_USER_INPUT for what is no id of a source, and as `holdSource`
 */
export async function holdSourceIntake(
  work: Work,
  globalId: string,
  path: readonly string[],
): Promise<HeldSourceIntake> {
  // Whoever takes something in holds the row meanwhile.
  const { id } = await holdSource(work, keyOf('Source', globalId, path), path, 'intake');
  const [row] = await work.rows(sql<{ secret: string | null }>`
    select intake_secret as secret from source where id = ${id}`);
  return { id, secret: row!.secret };
}
