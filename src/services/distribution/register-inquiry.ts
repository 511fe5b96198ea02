import { sql } from 'kysely';
import { claimOf, refuseOtherInput } from '../shared/database/run-idempotently.js';
import type { StatementWork } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { recorderRow } from '../shared/events/record-events.js';
import { decodeId } from '../shared/ids/global-id.js';
import { type Draws, drawFor } from './draws.js';
import { inquiryInput } from './inquiry.input.js';
import { tooManyKinds } from './too-many-kinds.js';

/** An inquiry that came in (requirements, part 7). */
export interface RegisterInquiryInput {
  /** The source's name, whatever its case, or its global id. */
  readonly source: string;
  /** What the lead is called by the source; one of this, phone and e-mail there must be. */
  readonly externalId?: string | null | undefined;
  /** In any usual form. */
  readonly phone?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly message?: string | null | undefined;
  /** The source's when left out. */
  readonly priority?: number | null | undefined;
  /** Beside those that the source asks for. */
  readonly skills?: readonly string[] | null | undefined;
  readonly idempotencyKey: string;
}

/** What `distribution.take_in` gives: of a repeat what the first gave, else the inquiry's key. */
interface TakenIn {
  first_hash: string | null;
  first_result: { inquiryId: string } | null;
  inquiry_id: string;
  recorded_xid: string | null;
}

/** What registering gave. */
export interface RegisteredInquiry {
  readonly inquiryId: string;
  /** Whether it had been registered before, by the same key. */
  readonly repeated: boolean;
}

/**
 * Registers an inquiry: finds its lead by external id, then phone, then e-mail, or makes one, and gives it to one of the
 * source's operators by weighted chance; with nobody free it waits. A repeat with the same key changes nothing. It is one
 * statement: what happened is recorded by it too.
 *
 * @param draws what chance draws from
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND for the source, LIMIT_EXCEEDED for other skills than those of very
 *   many different ones that are waited for, or IDEMPOTENCY_MISMATCH
 */
export async function registerInquiry(
  work: StatementWork,
  input: RegisterInquiryInput,
  draws: Draws,
): Promise<RegisteredInquiry> {
  const { recorder } = work;
  const { owner, key, hash } = claimOf(work, input);
  const parsed = parseInput(inquiryInput, input);
  const { source, externalId, phone, email, name, message, priority, skills } = parsed;
  const id = decodeId(source);
  const { day, time } = work.settings.calendar.weekTimeOf(work.now);
  const statement = sql<TakenIn>`
    select * from distribution.take_in(${owner}, ${key}, ${hash}, ${id?.kind === 'Source' ? id.key : null}, ${id?.kind === 'Source' ? null : source},
      ${externalId}, ${phone}, ${email}, ${name}, ${message}, ${priority}, ${skills}::text[], ${work.now}, ${day}, ${time},
      ${drawFor(draws)}::bigint[], ${JSON.stringify(recorderRow(recorder.actor))}::jsonb,
      ${JSON.stringify(recorder.client)}::jsonb)`;
  const [row] = await work.rows(statement).catch(tooManyKinds);
  if (!row) throw refuse(ErrorCode.NOT_FOUND, 'There is no such source.', ['input', 'source']);
  if (row.first_hash !== null) {
    if (row.first_hash !== hash || row.first_result === null) throw refuseOtherInput();
    return { ...row.first_result, repeated: true };
  }
  work.recorded(row.recorded_xid);
  return { inquiryId: row.inquiry_id, repeated: false };
}
