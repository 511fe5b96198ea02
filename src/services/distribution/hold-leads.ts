import { sql } from 'kysely';
import type { LeadIdentifier } from '../../entities/distribution/lead-identifier.enum.js';
import { rightsOf } from '../shared/access/rights.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';
import { allHold, conditionsOf } from '../shared/read/visibility.js';
import { visibleLeads } from './inquiry.policy.js';
import type { ChangedLead, LeadFields } from './lead.events.js';
import type { OwnIdentifiers } from './lead-identifiers.js';

/** A lead as use cases see it, locked for their transaction with all that it is known by. */
export interface HeldLead extends ChangedLead, OwnIdentifiers {
  readonly name: string | null;
  /** What it is known by beside. */
  readonly aliases: readonly { readonly id: string; readonly identifier: LeadIdentifier; readonly value: string }[];
  /** What sources call it whose external ids are a namespace of their own. */
  readonly sourceIds: readonly { readonly id: string; readonly externalId: string }[];
}

/** A lead that an input names. */
export interface NamedLead {
  readonly key: string;
  /** Of the input's field, for errors. */
  readonly path: readonly string[];
}

interface LeadRow extends HeldLead {
  merged: boolean;
}

/**
 * Locks leads that the actor sees, so that no inquiry comes to them meanwhile, and none is registered by what they are
 * known by, or are to be known by.
 *
 * @param wanted what one of them is to be known by
 * @returns them in the order in which they are named
 * @throws Refusal with NOT_FOUND, STATE_NOT_ALLOWED for one that was merged into another
 */
export async function holdLeads(
  work: Work,
  named: readonly NamedLead[],
  wanted: Partial<OwnIdentifiers> = {},
): Promise<HeldLead[]> {
  const keys = named.map(({ key }) => key);
  await checkSeen(work, named, keys);
  const { externalId, phone, email } = wanted;
  await work.rows(sql`
    select distribution.hold_leads(${keys}::bigint[], ${externalId ?? null}, ${phone ?? null}, ${email ?? null})`);
  const rows = await work.rows(sql<LeadRow>`
    select l.id, l.version, l.name, l.external_id as "externalId", l.phone, l.email, l.merged_into_id is not null as merged,
      (select coalesce(jsonb_agg(jsonb_build_object('id', a.id::text, 'identifier', a.identifier, 'value', a.value) order by a.id), '[]')
        from lead_alias a where a.lead_id = l.id) as aliases,
      (select coalesce(jsonb_agg(jsonb_build_object('id', k.id::text, 'externalId', k.external_id) order by k.id), '[]')
        from lead_source_id k where k.lead_id = l.id) as "sourceIds"
    from lead l where l.id = any(${keys}::bigint[])`);
  return named.map(({ key, path }) => {
    const { merged, ...lead } = rows.find(({ id }) => id === key)!;
    if (!merged) return lead;
    throw refuse(ErrorCode.STATE_NOT_ALLOWED, 'This lead was merged into another: take that one.', path);
  });
}

/** What the history tells of a lead. */
export function fieldsOf({
  name,
  externalId,
  phone,
  email,
  aliases,
  sourceIds,
}: Omit<HeldLead, 'id' | 'version'>): LeadFields {
  return {
    name,
    externalId,
    phone,
    email,
    aliases: aliases.map(({ value }) => value),
    sourceIds: sourceIds.map((one) => one.externalId),
  };
}

async function checkSeen(work: Work, named: readonly NamedLead[], keys: readonly string[]): Promise<void> {
  const { actor, settings, now } = work;
  const conditions = [sql`t.id = any(${keys}::bigint[])`, ...conditionsOf(visibleLeads(rightsOf(actor)))];
  const seen = await work.rows(sql<{ id: string }>`select t.id from lead t where ${allHold(conditions)}`, {
    actor,
    calendar: settings.calendar,
    now: () => now,
  });
  for (const { key, path } of named) {
    if (!seen.some(({ id }) => id === key)) throw refuse(ErrorCode.NOT_FOUND, 'There is no such lead.', path);
  }
}
