import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse, refuseInput } from '../shared/errors/refusal.js';
import { decodeId } from '../shared/ids/global-id.js';
import { idInput } from '../shared/ids/id-input.js';
import { tidied } from '../shared/text/tidied.js';
import { fieldsOf, type HeldLead, holdLeads } from './hold-leads.js';
import { leadChanged } from './lead.events.js';
import { leadFields } from './lead.input.js';
import { OWN_IDENTIFIERS, type OwnIdentifiers } from './lead-identifiers.js';

/** What of a lead is to be otherwise; what is left out stays, and null or an empty text is none. */
export interface ChangeLead {
  readonly leadId: string;
  readonly name?: string | null | undefined;
  /** In the namespace that sources share. */
  readonly externalId?: string | null | undefined;
  /** In any usual form. */
  readonly phone?: string | null | undefined;
  readonly email?: string | null | undefined;
  /** Aliases and names by sources that the lead is to be known by no more. */
  readonly forgetIds?: readonly string[] | null | undefined;
}

const MOST_FORGOTTEN = 100;

const maybe = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .preprocess((value) => (typeof value === 'string' && tidied(value) === '' ? null : value), schema.nullable())
    .optional();

const schema = z.object({
  leadId: idInput('Lead'),
  name: maybe(leadFields.name),
  externalId: maybe(leadFields.externalId),
  phone: maybe(leadFields.phone),
  email: maybe(leadFields.email),
  forgetIds: z.array(z.string()).max(MOST_FORGOTTEN, `must have at most ${MOST_FORGOTTEN}`).nullish(),
});

/**
 * Changes what a lead is called and known by. What it is known by beside may become its own: then what it had is what it is
 * known by beside. The same again changes nothing.
 *
 * @returns its key
 * @throws Refusal with BAD_USER_INPUT, also when nothing would be left to know it by; NOT_FOUND; CONFLICT for what another
 *   lead is known by; STATE_NOT_ALLOWED for one that was merged into another
 */
export async function changeLead(work: Work, input: ChangeLead): Promise<string> {
  const { leadId, forgetIds, ...wanted } = parseInput(schema, input);
  const own: Partial<OwnIdentifiers> = wanted as Partial<OwnIdentifiers>;
  const [lead] = (await holdLeads(work, [{ key: leadId, path: ['input', 'leadId'] }], own)) as [HeldLead];
  const known = exchange(forget(lead, forgetIds ?? []), own);
  const after = { ...known, name: wanted.name === undefined ? lead.name : wanted.name };
  await checkFree(work, lead, after);
  checkKnown(after, wanted);
  if (isDeepStrictEqual(lead, after)) return lead.id;
  await write(work, lead, after);
  const changed = { id: lead.id, version: lead.version + 1 };
  await work.record([leadChanged(changed, fieldsOf(lead), fieldsOf(after))]);
  return lead.id;
}

/** @throws Refusal with NOT_FOUND for an id of what the lead is not known by */
function forget(lead: HeldLead, ids: readonly string[]): HeldLead {
  const forgotten = ids.map((id) => decodeId(id));
  for (const [i, id] of forgotten.entries()) {
    const list = id?.kind === 'LeadAlias' ? lead.aliases : id?.kind === 'LeadSourceId' ? lead.sourceIds : [];
    if (list.some((one) => one.id === id?.key)) continue;
    throw refuse(ErrorCode.NOT_FOUND, 'The lead is not known by that.', ['input', 'forgetIds', `${i}`]);
  }
  const kept = (kind: string) => (one: { readonly id: string }) =>
    !forgotten.some((id) => id?.kind === kind && id.key === one.id);
  return {
    ...lead,
    aliases: lead.aliases.filter(kept('LeadAlias')),
    sourceIds: lead.sourceIds.filter(kept('LeadSourceId')),
  };
}

/** Gives a lead other identifiers; where it was known by one of them beside, the two change places. */
function exchange(lead: HeldLead, wanted: Partial<OwnIdentifiers>): HeldLead {
  let after = lead;
  for (const { field, identifier } of OWN_IDENTIFIERS) {
    const value = wanted[field];
    if (value === undefined || value === lead[field]) continue;
    const aliases = after.aliases.flatMap((alias) => {
      if (alias.identifier !== identifier || alias.value !== value) return [alias];
      const had = lead[field];
      return had === null ? [] : [{ ...alias, value: had }];
    });
    after = { ...after, [field]: value, aliases };
  }
  return after;
}

/** @throws Refusal with CONFLICT when another lead is known by what this one is to be known by */
async function checkFree(work: Work, before: HeldLead, after: HeldLead): Promise<void> {
  for (const { field, column, identifier, words } of OWN_IDENTIFIERS) {
    const value = after[field];
    if (value === null || value === before[field]) continue;
    const [taken] = await work.rows(sql`
      select from lead l where ${sql.ref(`l.${column}`)} = ${value} and l.id <> ${after.id}
      union all
      select from lead_alias a where a.identifier = ${identifier} and a.value = ${value} and a.lead_id <> ${after.id}`);
    if (!taken) continue;
    const message = `Another lead has this ${words}; if they are one person, merge them.`;
    throw refuse(ErrorCode.CONFLICT, message, ['input', field]);
  }
}

/** @throws Refusal with BAD_USER_INPUT when nothing is left that an inquiry could find the lead by */
function checkKnown(after: HeldLead, wanted: Partial<OwnIdentifiers>): void {
  const { aliases, sourceIds } = after;
  if (OWN_IDENTIFIERS.some(({ field }) => after[field] !== null) || aliases.length + sourceIds.length > 0) return;
  const field = OWN_IDENTIFIERS.find((one) => wanted[one.field] === null)?.field ?? 'forgetIds';
  throw refuseInput(
    ['input', field],
    'The lead must stay known by an external id, a phone number or an e-mail address.',
  );
}

async function write(work: Work, before: HeldLead, after: HeldLead): Promise<void> {
  await work.rows(sql`
    update lead set name = ${after.name}, external_id = ${after.externalId}, phone = ${after.phone}, email = ${after.email},
      version = version + 1 where id = ${after.id}`);
  const ids = (list: HeldLead['aliases'] | HeldLead['sourceIds']) => list.map(({ id }) => id);
  await work.rows(sql`
    delete from lead_alias where lead_id = ${after.id} and id <> all(${ids(after.aliases)}::bigint[])`);
  await work.rows(sql`
    delete from lead_source_id where lead_id = ${after.id} and id <> all(${ids(after.sourceIds)}::bigint[])`);
  for (const { id, value } of after.aliases) {
    if (before.aliases.some((alias) => alias.id === id && alias.value === value)) continue;
    await work.rows(sql`update lead_alias set value = ${value} where id = ${id}`);
  }
}
