import { sql } from 'kysely';
import { z } from 'zod';
import type { LeadIdentifier } from '../../entities/distribution/lead-identifier.enum.js';
import type { Work } from '../shared/database/work.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuseInput } from '../shared/errors/refusal.js';
import type { NewEvent } from '../shared/events/event.js';
import { idInput } from '../shared/ids/id-input.js';
import { fieldsOf, type HeldLead, holdLeads } from './hold-leads.js';
import { leadMerged } from './lead.events.js';
import { OWN_IDENTIFIERS } from './lead-identifiers.js';
import { moveInquiries } from './move-inquiries.js';
import { settleDuplicates } from './settle-duplicates.js';

/** Two leads that a person says are one. */
export interface MergeLeads {
  /** Which of them stays. */
  readonly keptId: string;
  /** Whose inquiries and identifiers go to the one that stays. */
  readonly mergedId: string;
}

const schema = z.object({ keptId: idInput('Lead'), mergedId: idInput('Lead') });

/**
 * Makes two leads one, and nothing of either is lost (requirements, part 7). The one that stays gets the other's inquiries,
 * with whoever has them, and all that it is known by: as its own where it lacks it, else beside, so that an inquiry by either
 * phone finds it; and it is as old as the older of both, whose first inquiry is the first of the person. The other stays as
 * what was merged, with its name and without identifiers.
 *
 * @returns the key of the one that stays
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, STATE_NOT_ALLOWED for a lead that was merged into another
 */
export async function mergeLeads(work: Work, input: MergeLeads): Promise<string> {
  const { keptId, mergedId } = parseInput(schema, input);
  if (keptId === mergedId) throw refuseInput(['input', 'mergedId'], 'A lead cannot be merged with itself.');
  const [kept, merged] = (await holdLeads(work, [
    { key: keptId, path: ['input', 'keptId'] },
    { key: mergedId, path: ['input', 'mergedId'] },
  ])) as [HeldLead, HeldLead];
  const after = await moveIdentifiers(work, kept, merged);
  const nothing = { name: merged.name, externalId: null, phone: null, email: null, aliases: [], sourceIds: [] };
  await work.record([
    leadMerged({ id: keptId, version: kept.version + 1 }, fieldsOf(kept), {
      ...fieldsOf(after),
      mergedFromId: mergedId,
    }),
    leadMerged({ id: mergedId, version: merged.version + 1 }, fieldsOf(merged), { ...nothing, mergedIntoId: keptId }),
    ...(await moveEarlierMerges(work, kept, merged)),
    ...(await settleDuplicates(work, keptId, mergedId)),
    ...(await moveInquiries(work, keptId, mergedId)),
  ]);
  return keptId;
}

/** @returns the one that stays, as it is with what it got */
async function moveIdentifiers(work: Work, kept: HeldLead, merged: HeldLead): Promise<HeldLead> {
  const own = { name: kept.name ?? merged.name, externalId: kept.externalId, phone: kept.phone, email: kept.email };
  const beside: { identifier: LeadIdentifier; value: string }[] = [];
  for (const { field, identifier } of OWN_IDENTIFIERS) {
    const value = merged[field];
    if (value === null) continue;
    if (own[field] === null) own[field] = value;
    else beside.push({ identifier, value });
  }
  // First, since no two leads may have what moves at any time.
  await work.rows(sql`
    update lead set external_id = null, phone = null, email = null, merged_into_id = ${kept.id}, version = version + 1
    where id = ${merged.id}`);
  await work.rows(sql`
    update lead set name = ${own.name}, external_id = ${own.externalId}, phone = ${own.phone}, email = ${own.email},
      created_at = least(created_at, (select m.created_at from lead m where m.id = ${merged.id})), version = version + 1
    where id = ${kept.id}`);
  await work.rows(sql`update lead_alias set lead_id = ${kept.id} where lead_id = ${merged.id}`);
  await work.rows(sql`update lead_source_id set lead_id = ${kept.id} where lead_id = ${merged.id}`);
  const added: HeldLead['aliases'][number][] = [];
  for (const alias of beside) {
    const [row] = await work.rows(sql<{ id: string }>`
      insert into lead_alias (lead_id, identifier, value, created_at)
      values (${kept.id}, ${alias.identifier}, ${alias.value}, ${work.now}) returning id`);
    added.push({ id: row!.id, ...alias });
  }
  return {
    ...kept,
    ...own,
    aliases: [...kept.aliases, ...merged.aliases, ...added],
    sourceIds: [...kept.sourceIds, ...merged.sourceIds],
  };
}

/** What was merged into the one that goes is merged into the one that stays now, which has its inquiries. */
async function moveEarlierMerges(work: Work, kept: HeldLead, merged: HeldLead): Promise<NewEvent[]> {
  const moved = await work.rows(sql<{ id: string; version: number }>`
    update lead set merged_into_id = ${kept.id}, version = version + 1 where merged_into_id = ${merged.id}
    returning id, version`);
  return moved.map((lead) => leadMerged(lead, { mergedIntoId: merged.id }, { mergedIntoId: kept.id }));
}
