import { type RawBuilder, sql } from 'kysely';
import { ChangeKind } from '../../entities/history/change-kind.enum.js';
import type { SqlExecutor } from '../shared/database/sql-executor.js';

/** Whose history: the kind and the key of an object. */
export interface Whose {
  readonly kind: string;
  readonly key: string;
}

/** A record that something is left in, in the order of its search. */
export interface FoundRecord {
  readonly id: string;
  /** When it was recorded, to the microsecond. */
  readonly at: string;
}

/** What is to be emptied: records of their contents, and records of their clients. */
export interface Found {
  readonly contents: readonly FoundRecord[];
  readonly clients: readonly FoundRecord[];
}

/** Before all records. */
export const START: FoundRecord = { id: '0', at: '-infinity' };

/** The column of those who act, by the kind of the object that does. */
const ACTED: Readonly<Record<string, string>> = {
  User: 'user_id',
  Customer: 'customer_id',
  PartnerKey: 'partner_key_id',
};

const ofCustomer = (customer: string): RawBuilder<unknown> => sql`
  union select 'Contract', id from contract where customer_id = ${customer}
  union select 'Payment', id from payment where customer_id = ${customer}
  union select 'Sim', sim_id from contract where customer_id = ${customer}
  union select 'Sim', b.sim_id from sim_binding b join contract c on c.id = b.contract_id where c.customer_id = ${customer}`;

/** A lead and those that were merged into it are one person. */
const ofLead = (lead: string): RawBuilder<unknown> => {
  const person = sql`(select ${lead}::bigint union all select id from lead where merged_into_id = ${lead})`;
  return sql`
  union select 'Lead', id from lead where merged_into_id = ${lead}
  union select 'Inquiry', id from inquiry where lead_id in ${person}
  union select 'LeadDuplicate', id from lead_duplicate where first_id in ${person}
  union select 'LeadDuplicate', id from lead_duplicate where second_id in ${person}`;
};

/** What the person's data stands in beside their own history, by the kind of the object: rows `(kind, id)`. */
const THEIRS: Readonly<Record<string, (key: string) => RawBuilder<unknown>>> = {
  Customer: ofCustomer,
  Lead: ofLead,
};

const subjectsOf = ({ kind, key }: Whose): RawBuilder<unknown> => {
  const theirs = Object.hasOwn(THEIRS, kind) ? THEIRS[kind]!(key) : sql``;
  return sql`subject (kind, id) as (select ${kind}::text, ${key}::bigint ${theirs})`;
};

/** What people write of themselves without signing in: the client of a form, or of a bot that hands it on, is theirs. */
const WRITTEN_BY_THEM: ReadonlySet<string> = new Set(['Lead', 'Inquiry']);

/** That a record is of a SIM while it stood in a contract of somebody else. */
const ofOther = (customer: string): RawBuilder<unknown> => sql`
  r.subject_kind = 'Sim' and exists (
    select from sim_binding b join contract c on c.id = b.contract_id
    where b.sim_id = r.subject_id and c.customer_id <> ${customer} and r.recorded_at >= b.bound_from
      and (b.bound_until is null or r.recorded_at < b.bound_until))`;

/** Whether an object has a history, or has done something that is in one. */
export async function isKnown(db: SqlExecutor, { kind, key }: Whose): Promise<boolean> {
  const acted = Object.hasOwn(ACTED, kind) ? sql`or exists (select from change_record where ${did(kind, key)})` : sql``;
  const [row] = await db.rows(sql<{ known: boolean }>`
    select exists (select from change_record where subject_kind = ${kind} and subject_id = ${key}) ${acted} as known`);
  return row!.known;
}

const did = (kind: string, key: string) => sql`${sql.ref(ACTED[kind]!)} = ${key}`;

/** The next records whose contents are to be erased, by their ids. */
export async function contentsAfter(
  db: SqlExecutor,
  whose: Whose,
  after: FoundRecord,
  most: number,
): Promise<readonly FoundRecord[]> {
  return db.rows(sql<FoundRecord>`
    with ${subjectsOf(whose)}
    select r.id, r.recorded_at::text as at from subject s
    join change_record r on r.subject_kind = s.kind and r.subject_id = s.id
    where r.erased_at is null and r.kind <> ${ChangeKind.HISTORY_ERASED} and r.id > ${after.id}
      ${whose.kind === 'Customer' ? sql`and not (${ofOther(whose.key)})` : sql``}
    order by r.id limit ${most}`);
}

/**
 * The next records that tell from which client an object did something, or a lead wrote, by their time; none of what does
 * neither.
 */
export async function clientsAfter(
  db: SqlExecutor,
  whose: Whose,
  after: FoundRecord,
  most: number,
): Promise<readonly FoundRecord[]> {
  const { kind, key } = whose;
  const isWritten = WRITTEN_BY_THEM.has(kind);
  if (!isWritten && !Object.hasOwn(ACTED, kind)) return [];
  const from = isWritten
    ? sql`subject s join change_record r on r.subject_kind = s.kind and r.subject_id = s.id`
    : sql`change_record r`;
  const theirs = isWritten ? sql`(r.actor like 'source:%' or r.actor like 'web-form:%')` : did(kind, key);
  return db.rows(sql<FoundRecord>`
    with ${subjectsOf(whose)}
    select r.id, r.recorded_at::text as at from ${from}
    where ${theirs} and (r.recorded_at, r.id) > (${after.at}::timestamptz, ${after.id}::bigint)
      and num_nonnulls(r.client_address, r.client_agent, r.client_name, r.client_version) > 0
    order by r.recorded_at, r.id limit ${most}`);
}
