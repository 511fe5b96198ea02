import { sql } from 'kysely';
import { z } from 'zod';
import type { AssignmentWay } from '../../entities/distribution/assignment-way.enum.js';
import type { LeadIdentifier } from '../../entities/distribution/lead-identifier.enum.js';
import type { WaitingReason } from '../../entities/distribution/waiting-reason.enum.js';
import { claimOf, refuseOtherInput } from '../shared/database/run-idempotently.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import type { NewChange, NewEvent } from '../shared/events/event.js';
import { decodeId } from '../shared/ids/global-id.js';
import { type Draws, drawFor } from './draws.js';
import { inquiryAssigned, inquiryRegistered } from './inquiry.events.js';
import { inquiryInput } from './inquiry.input.js';
import { leadChanged, leadDuplicateFound, leadRegistered } from './lead.events.js';

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

/** What `distribution.take_in` did; of a repeat there is what the first gave, and nothing else. */
interface Registered {
  first_hash: string | null;
  first_result: { inquiryId: string } | null;
  inquiry_id: string;
  source_key: string;
  lead_id: string;
  lead_version: number;
  lead_made: boolean;
  lead_filled: Record<string, string> | null;
  duplicates: { id: string; first_id: string; second_id: string; identifier: LeadIdentifier }[] | null;
  operator_id: string | null;
  group_id: string | null;
  way: AssignmentWay | null;
  load: number;
  max_load: number;
  accept_by: string | null;
  waiting_reason: WaitingReason | null;
  inquiry_priority: number;
  inquiry_skills: string[];
}

/** What registering gave. */
export interface RegisteredInquiry {
  readonly inquiryId: string;
  /** Whether it had been registered before, by the same key. */
  readonly repeated: boolean;
}

/**
 * Registers an inquiry: finds its lead by external id, then phone, then e-mail, or makes one, and gives it to one of the
 * source's operators by weighted chance; with nobody free it waits. A repeat with the same key changes nothing.
 *
 * @param draws what chance draws from
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND for the source, or IDEMPOTENCY_MISMATCH
 */
export async function registerInquiry(
  work: Work,
  input: RegisterInquiryInput,
  draws: Draws,
): Promise<RegisteredInquiry> {
  const { owner, key, hash } = claimOf(work, input);
  const parsed = parseInput(inquiryInput, input);
  const { source, externalId, phone, email, name, message, priority, skills } = parsed;
  const id = decodeId(source);
  const { day, time } = work.settings.calendar.weekTimeOf(work.now);
  const [row] = await work.rows(sql<Registered>`
    select * from distribution.take_in(${owner}, ${key}, ${hash}, ${id?.kind === 'Source' ? id.key : null}, ${source},
      ${externalId}, ${phone}, ${email}, ${name}, ${message}, ${priority}, ${skills}::text[], ${work.now}, ${day}, ${time},
      ${drawFor(draws)}::bigint[])`);
  if (!row) throw refuse(ErrorCode.NOT_FOUND, 'There is no such source.', ['input', 'source']);
  if (row.first_hash !== null) {
    if (row.first_hash !== hash || row.first_result === null) throw refuseOtherInput();
    return { ...row.first_result, repeated: true };
  }
  await work.record(happened(row, parsed));
  return { inquiryId: row.inquiry_id, repeated: false };
}

function happened(row: Registered, given: z.output<typeof inquiryInput>): (NewEvent | NewChange)[] {
  const lead = { id: row.lead_id, version: row.lead_version };
  const { name, externalId, phone, email } = given;
  const inquiry = {
    id: row.inquiry_id,
    version: row.way === null ? 1 : 2,
    sourceId: row.source_key,
    leadId: row.lead_id,
    operatorId: row.operator_id,
    groupId: row.group_id,
  };
  const { inquiry_priority: priority, inquiry_skills: skills, waiting_reason: waitingReason } = row;
  const events: (NewEvent | NewChange)[] = [];
  if (row.lead_made) events.push(leadRegistered(lead, { name, externalId, phone, email }));
  else if (row.lead_filled) events.push(leadChanged(lead, {}, row.lead_filled));
  events.push(inquiryRegistered(inquiry, { priority, skills, waitingReason }));
  if (row.way !== null) {
    const { way, load, max_load: maxLoad } = row;
    const acceptBy = row.accept_by === null ? null : new Date(row.accept_by).toISOString();
    events.push(inquiryAssigned(inquiry, { way, load, maxLoad, previousOperatorId: null, acceptBy }));
  }
  for (const { id, first_id: firstId, second_id: secondId, identifier } of row.duplicates ?? []) {
    events.push(leadDuplicateFound(String(id), { firstId: String(firstId), secondId: String(secondId), identifier }));
  }
  return events;
}
