import { sql } from 'kysely';
import { registerInquiry } from '../../src/services/distribution/register-inquiry.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { until } from '../support/load-process.js';
import type { Product } from '../support/product.js';
import { createUser } from '../support/sign-ins.js';

const ACTOR = systemActor('test');

/** What a mutation was answered with: its payload, or that it was denied. */
export interface Outcome {
  // biome-ignore lint/suspicious/noExplicitAny: a payload has the shape that the document asks for
  readonly payload: any;
  /** `CODE path.of.the.field`, one for each error of the payload, or the code alone where it was denied. */
  readonly errors: readonly string[];
  readonly messages: readonly string[];
}

/** Runs a mutation with one input. */
export async function manage(
  product: Product,
  name: string,
  input: object,
  shown: string,
  token: string,
): Promise<Outcome> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${name}(input: $input) { ${shown} errors { code message path } } }`;
  const { data, errors } = await product.graphql(document, { input }, token);
  if (errors) {
    return { payload: null, errors: errors.map((e) => e.extensions.code), messages: errors.map((e) => e.message) };
  }
  const refused: { code: string; message: string; path: string[] }[] = data[name].errors;
  return {
    payload: data[name],
    errors: refused.map(({ code, path }) => `${code} ${path.join('.')}`),
    messages: refused.map(({ message }) => message),
  };
}

let made = 0;
const next = () => {
  made += 1;
  return made;
};

/** An operator who may have 100 inquiries at once, by global id. */
export async function makeOperator(
  { database }: Product,
  parts: { readonly email?: string; readonly groupId?: string } = {},
): Promise<string> {
  const { userId } = await createUser(database, { role: 'operator', operator: {}, ...parts });
  const [operator] = await database.rows(sql<{ id: string }>`
    update operator set max_load = 100 where user_id = ${userId} returning id`);
  return encodeId('Operator', operator!.id);
}

/** What of an inquiry the tests look at. */
export interface Inquiry {
  readonly id: string;
  /** Global id of whose it is. */
  readonly operator: string | null;
  readonly status: string;
  readonly waiting_reason: string | null;
  readonly skills: readonly string[];
  readonly priority: number;
  readonly accept_by: Date | null;
  readonly answer_due_at: Date | null;
}

/** Registers an inquiry of somebody new, unless it says of whom. */
export async function inquire(
  product: Product,
  source: string,
  parts: { readonly externalId?: string; readonly phone?: string; readonly draw?: number } = {},
): Promise<Inquiry> {
  const { draw = 0, ...who } = parts;
  const n = next();
  const input = {
    source,
    ...('externalId' in who ? {} : { phone: `+7901${String(n).padStart(7, '0')}` }),
    ...who,
    idempotencyKey: `inquiry-${n}`,
  };
  const { inquiryId } = await product.database.transact(ACTOR, (work) => registerInquiry(work, input, () => draw));
  return readInquiry(product, inquiryId);
}

/** An inquiry as it is now, by its key. */
export async function readInquiry({ database }: Pick<Product, 'database'>, id: string): Promise<Inquiry> {
  const [row] = await database.rows(sql<Omit<Inquiry, 'operator'> & { operator_id: string | null }>`
    select id, operator_id, status, waiting_reason, skills, priority, accept_by, answer_due_at
    from inquiry where id = ${id}`);
  const { operator_id, ...inquiry } = row!;
  return { ...inquiry, operator: operator_id === null ? null : encodeId('Operator', operator_id) };
}

/** Closes an inquiry, whoever has it. */
export async function close({ database }: Product, id: string): Promise<void> {
  await database.transact(ACTOR, async (work) => {
    await work.rows(sql`
      update assignment set ended_at = ${work.now}, "end" = 'CLOSED' where inquiry_id = ${id} and ended_at is null`);
    await work.rows(sql`
      update inquiry set status = 'CLOSED', ended_at = ${work.now}, waiting_since = null, waiting_reason = null,
        accept_by = null, version = version + 1 where id = ${id}`);
  });
}

/** How many records the history has. */
export async function countRecords({ database }: Product): Promise<number> {
  const [row] = await database.rows(sql<{ count: number }>`select count(*)::integer as count from change_record`);
  return row!.count;
}

/** The history of an object as somebody sees it, the oldest first: `KIND field: before → after, …`. */
export async function historyOf(product: Product, id: string, token: string): Promise<string[]> {
  const document = `query ($id: ID!) { node(id: $id) { ... on Source {
    history(first: 100) { nodes { kind changes { field before after } } } } } }`;
  const { data } = await product.graphql(document, { id }, token);
  const nodes: { kind: string; changes: { field: string; before: string | null; after: string | null }[] }[] =
    data.node?.history.nodes ?? [];
  return nodes
    .reverse()
    .map(({ kind, changes }) =>
      [kind, changes.map(({ field, before, after }) => `${field}: ${before} → ${after}`).join(', ')]
        .filter(Boolean)
        .join(' '),
    );
}

/** The weights of a source by operator, and how many times they were kept. */
export async function weightsOf(
  { database }: Product,
  sourceKey: string,
): Promise<{ readonly weights: Readonly<Record<string, string>>; readonly numbers: readonly number[] }> {
  const kept = await database.rows(sql<{ number: number; operator_ids: string[]; weights: string[] }>`
    select number, operator_ids::text[], weights::text[] from source_weighting where source_id = ${sourceKey} order by number`);
  const now = await database.rows(sql<{ operator_id: string; weight: string }>`
    select operator_id::text, weight::text from source_weight where source_id = ${sourceKey} order by operator_id`);
  const last = kept.at(-1);
  // What inquiries are distributed by is what stands there.
  expect(last?.operator_ids ?? []).toEqual(now.map(({ operator_id }) => operator_id));
  expect(last?.weights ?? []).toEqual(now.map(({ weight }) => weight));
  return {
    weights: Object.fromEntries(now.map(({ operator_id, weight }) => [encodeId('Operator', operator_id), weight])),
    numbers: kept.map(({ number }) => number),
  };
}

/** Waits until a transaction of this database waits for a lock that another has. */
export async function untilSomebodyWaits({ database }: Product): Promise<void> {
  await until(async () => {
    const [row] = await database.rows(sql<{ waits: boolean }>`
      select exists (
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as waits`);
    return row!.waits;
  }, 'somebody to wait for a lock');
}
