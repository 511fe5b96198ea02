import { sql } from 'kysely';
import { createSource } from '../../src/services/distribution/create-source.js';
import { type RegisterInquiryInput, registerInquiry } from '../../src/services/distribution/register-inquiry.js';
import type { SourceSettings } from '../../src/services/distribution/source.fields.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import type { Database } from '../../src/services/shared/database/database.js';

const ACTOR = systemActor('test');

/** A lead as tests compare it. */
export interface LeadRow {
  readonly id: string;
  readonly name: string | null;
  readonly externalId: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  /** Such as `PHONE +79001112233`, in order. */
  readonly aliases: readonly string[];
  /** Such as `Bot a1`, in order. */
  readonly sourceIds: readonly string[];
  readonly mergedInto: string | null;
  /** The keys of the inquiries, in order. */
  readonly inquiries: readonly string[];
}

/** Two leads that may be one, as tests compare them. */
export interface DuplicateRow {
  readonly id: string;
  readonly first: string;
  readonly second: string;
  readonly identifier: string;
  readonly state: string;
  readonly inquiry: string;
}

/** Who somebody says they are. */
export type Named = Partial<Pick<RegisterInquiryInput, 'externalId' | 'phone' | 'email' | 'name'>>;

let keys = 0;

/** Makes a source; without operators, so that what comes through it waits. */
export function makeSource(database: Database, name: string, settings: SourceSettings = {}): Promise<string> {
  return database.transact(ACTOR, (work) => createSource(work, { name, ...settings }));
}

/** Registers an inquiry through a source, and tells whose it is. */
export async function register(
  database: Database,
  source: string,
  named: Named,
): Promise<{ inquiryId: string; leadId: string }> {
  keys += 1;
  const input = { source, message: 'Hello', idempotencyKey: `lead ${keys}`, ...named };
  const { inquiryId } = await database.transact(ACTOR, (work) => registerInquiry(work, input, () => 0));
  const [inquiry] = await database.rows(sql<{ leadId: string }>`
    select lead_id as "leadId" from inquiry where id = ${inquiryId}`);
  return { inquiryId, leadId: inquiry!.leadId };
}

/** All leads, in the order in which they were made. */
export function leadsIn(database: Database): Promise<LeadRow[]> {
  return database.rows(sql<LeadRow>`
    select l.id, l.name, l.external_id as "externalId", l.phone, l.email, l.merged_into_id as "mergedInto",
      array(select a.identifier || ' ' || a.value from lead_alias a where a.lead_id = l.id order by 1) as aliases,
      array(select s.name || ' ' || k.external_id from lead_source_id k join source s on s.id = k.source_id
        where k.lead_id = l.id order by 1) as "sourceIds",
      array(select i.id from inquiry i where i.lead_id = l.id order by i.id) as inquiries
    from lead l order by l.id`);
}

/** All possible duplicates, in the order in which they were found. */
export function duplicatesIn(database: Database): Promise<DuplicateRow[]> {
  return database.rows(sql<DuplicateRow>`
    select id, first_id as first, second_id as second, identifier, state, inquiry_id as inquiry
    from lead_duplicate order by id`);
}
