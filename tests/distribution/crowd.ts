import { sql } from 'kysely';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import type { Draw } from '../support/draw.js';
import type { Product } from '../support/product.js';
import { createGroup, createUser, signInLogin, signInUser } from '../support/sign-ins.js';

const OPERATORS = 20;
const MOST_LOAD = 20;
/** How many of the last inquiries clients look at. */
const RECENT = 300;
const SKILLS = ['legal', 'roaming', 'english'];

/** An operator among many. */
export interface CrowdOperator {
  /** The global id. */
  readonly id: string;
  readonly token: string;
  active: boolean;
}

/** Who is there when many work at once: sources that share operators, and who may do what with them. */
export interface Crowd {
  readonly product: Product;
  readonly operators: readonly CrowdOperator[];
  /** By global id. */
  readonly sources: readonly string[];
  readonly admin: string;
  /** Of half of the operators. */
  readonly supervisor: string;
  /** Global ids of all inquiries that were registered, the first first. */
  readonly inquiries: string[];
  /** What an answer had that none may have. */
  readonly faults: string[];
  /** How often each mutation was done, and refused with which code. */
  readonly outcomes: Map<string, number>;
}

const SOURCES = [
  {},
  { sticky: true },
  { skills: ['legal'], priority: 5 },
  { acceptWithinSeconds: 1 },
  { acceptWithinSeconds: 2, sticky: true, answerWithinSeconds: 3, warnBeforeSeconds: 1 },
  { asksPresence: true, answerWithinSeconds: 2 },
];

/** Makes the operators, with limits from 1 to 20, and the sources, each with half of them by weights of all sizes. */
export async function gather(product: Product, draw: Draw): Promise<Crowd> {
  const { database } = product;
  const groupId = await createGroup(database);
  const { token: admin } = await signInUser(database, { role: 'admin' });
  const { token: supervisor } = await signInUser(database, { role: 'supervisor', supervises: [groupId] });
  const operators: CrowdOperator[] = [];
  for (let n = 0; n < OPERATORS; n += 1) {
    const group = n % 2 === 0 ? { groupId } : {};
    const { userId, loginId } = await createUser(database, { role: 'operator', operator: {}, ...group });
    await database.rows(sql`update app_user set presence = 'ONLINE' where id = ${userId}`);
    const [row] = await database.rows(sql<{ id: string }>`
      update operator set max_load = ${1 + (n % MOST_LOAD)}, skills = ${draw.some(SKILLS, draw.whole(0, 3))}::text[]
      where user_id = ${userId} returning id`);
    const token = await signInLogin(database, loginId, 'user');
    operators.push({ id: encodeId('Operator', row!.id), token, active: true });
  }
  const crowd = { product, operators, admin, supervisor, inquiries: [], faults: [], outcomes: new Map() };
  const sources: string[] = [];
  for (const [n, settings] of SOURCES.entries()) {
    const made = await ask(
      { ...crowd, sources },
      'createSource',
      { name: `Source ${n}`, ...settings },
      'source { id }',
    );
    sources.push((made!.source as { id: string }).id);
    for (const { id: operatorId } of draw.some(operators, OPERATORS / 2)) {
      const weight = drawWeight(draw);
      await ask(
        { ...crowd, sources },
        'setSourceWeight',
        { sourceId: sources[n], operatorId, weight },
        'weight { id }',
      );
    }
  }
  return { ...crowd, sources };
}

/** A weight of any size, with a fraction or without. */
export function drawWeight(draw: Draw): string {
  return draw.one(['1', '10', '30', '0.5', '2.25', '0.333333', '100', '7.1']);
}

/** One of the inquiries that came in last; undefined where there is none. */
export function drawRecent({ inquiries }: Crowd, draw: Draw): string | undefined {
  return inquiries.length === 0 ? undefined : draw.one(inquiries.slice(-RECENT));
}

/** What a mutation was answered with, and what was asked of its result. */
type Payload = Readonly<Record<string, unknown>> & { readonly errors: readonly { code: string; message: string }[] };

/**
 * Asks for a mutation over HTTP; gives its payload where it was done. What it may be refused with is said here: any other
 * answer is a fault.
 *
 * @param allowed codes of refusals
 */
export async function ask(
  { product, faults, outcomes, admin }: Crowd,
  name: string,
  input: object,
  shown: string,
  { token = admin, allowed = [] }: { readonly token?: string; readonly allowed?: readonly string[] } = {},
): Promise<Payload | undefined> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${name}(input: $input) { ${shown} errors { code message } } }`;
  const { status, data, errors = [] } = await product.graphql<Record<string, Payload>>(document, { input }, token);
  const payload = data?.[name];
  const codes = [...(payload?.errors ?? []).map(({ code }) => code), ...errors.map((one) => one.extensions.code)];
  const outcome = `${name} ${codes.join() || 'done'}`;
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  const isTyped = status === 200 && codes.every((code) => allowed.includes(code)) && (payload || codes.length > 0);
  if (!isTyped) faults.push(`${name} ${JSON.stringify(input)}: ${status} ${JSON.stringify({ payload, errors })}`);
  return codes.length === 0 ? payload : undefined;
}
