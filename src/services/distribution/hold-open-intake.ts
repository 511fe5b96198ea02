import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';

/** Who sent something to the HTTP intake of a source: whoever has one of its secrets. */
export interface IntakeSender {
  /** The source's key. */
  readonly sourceId: string;
  /** The secret that it was signed with, as it is kept. */
  readonly sealed: string;
}

/**
 * Looks once more whether a secret of a source holds, and keeps it so until the transaction ends: whoever closes the
 * intake or gives it another secret waits for that, and what comes in after them is refused.
 *
 * @throws Refusal with NOT_FOUND where it holds no more
 */
export async function holdOpenIntake(work: Work, { sourceId, sealed }: IntakeSender): Promise<void> {
  const held = await work.rows(sql`
    select from source where id = ${sourceId} and intake_open and ${sealed} in (intake_secret, previous_intake_secret)
    for key share`);
  if (held.length === 0)
    throw refuse(ErrorCode.NOT_FOUND, 'This source takes nothing in that is signed with this.', []);
}
