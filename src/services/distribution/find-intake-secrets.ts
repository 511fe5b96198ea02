import { sql } from 'kysely';
import { type SecretBox, UnreadableSecret } from '../integrations/webhooks/secret-box.js';
import type { SqlExecutor } from '../shared/database/sql-executor.js';
import { decodeId } from '../shared/ids/global-id.js';

/** A source that takes inquiries in over HTTP. */
export interface OpenIntake {
  readonly sourceId: string;
  /** Each of which a request may be signed with. */
  readonly secrets: readonly OpenSecret[];
}

/** A secret that holds. */
export interface OpenSecret {
  readonly secret: string;
  /** As it is kept: which of the source's it is. */
  readonly sealed: string;
}

/**
 * Finds what requests to a source may be signed with now.
 *
 * @param source its global id, as the address has it
 * @param note hears of a secret that cannot be read any more: it was sealed under another `JWT_SECRET`
 * @returns undefined for a source that takes nothing in, for whatever reason
 */
export async function findIntakeSecrets(
  db: SqlExecutor,
  box: SecretBox,
  source: string,
  now: Date,
  note: (sourceId: string) => void,
): Promise<OpenIntake | undefined> {
  const id = decodeId(source);
  if (id?.kind !== 'Source') return undefined;
  const [row] = await db.rows(sql<{ secret: string; previous: string | null }>`
    select intake_secret as secret,
      case when previous_intake_secret_until > ${now}::timestamptz then previous_intake_secret end as previous
    from source where id = ${id.key} and intake_open`);
  if (!row) return undefined;
  try {
    const sealed = row.previous === null ? [row.secret] : [row.secret, row.previous];
    return { sourceId: id.key, secrets: sealed.map((one) => ({ secret: box.open(one), sealed: one })) };
  } catch (error) {
    if (!(error instanceof UnreadableSecret)) throw error;
    note(id.key);
    return undefined;
  }
}
