import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { ErrorCode } from '../errors/error-code.js';
import { type Refusal, refuse, refuseInput } from '../errors/refusal.js';
import { isLine } from '../text/text-input.js';
import type { Work } from './work.js';

const LONGEST_KEY = 200;

/** The same text for the same input, whatever the order of its fields; to leave one out is the same as null. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner ?? null;
    const given = Object.entries(inner).filter(([, field]) => field !== null && field !== undefined);
    return Object.fromEntries(given.sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** What a repeatable write is told by. */
export interface Claim {
  /** Whose key it is: each actor's are their own. */
  readonly owner: string;
  readonly key: string;
  /** Of the input without the key. */
  readonly hash: string;
}

/**
 * Reads what a repeatable write is told by.
 *
 * @throws Refusal with BAD_USER_INPUT for a key that cannot be kept
 */
export function claimOf(work: Pick<Work, 'actor'>, input: { readonly idempotencyKey: string }): Claim {
  const { idempotencyKey: key, ...rest } = input;
  if (key.trim() === '' || key.length > LONGEST_KEY || !isLine(key)) {
    throw refuseInput(
      ['input', 'idempotencyKey'],
      `must have 1 to ${LONGEST_KEY} characters, none of them a control or half of a surrogate pair`,
    );
  }
  return { owner: work.actor.key, key, hash: createHash('sha256').update(canonical(rest)).digest('hex') };
}

/** What to answer to a key that was used with another input. */
export function refuseOtherInput(): Refusal {
  return refuse(ErrorCode.IDEMPOTENCY_MISMATCH, 'This idempotency key was used before, with another input.', [
    'input',
    'idempotencyKey',
  ]);
}

/**
 * Runs a repeatable write once: a repeat with the same key and input gives the first result, also when both run at
 * the same time (the second waits for the first to commit). A write that was refused may be tried again. A key is kept
 * for 90 days (`removeOldKeys`); after that the same key begins anew.
 *
 * @param run its result must survive JSON
 * @throws Refusal with IDEMPOTENCY_MISMATCH when the key was used with another input
 */
export async function runIdempotently<Result>(
  work: Work,
  operation: string,
  input: { readonly idempotencyKey: string },
  run: () => Promise<Result>,
): Promise<Result> {
  const { owner, key, hash } = claimOf(work, input);
  const taken = await work.rows<{ id: string }>(sql`
    insert into idempotency_record (owner, operation, key, input_hash) values (${owner}, ${operation}, ${key}, ${hash})
    on conflict (owner, operation, key) do nothing returning id`);
  if (taken[0]) {
    const result = await run();
    await work.rows(
      sql`update idempotency_record set result = ${JSON.stringify(result)}::jsonb where id = ${taken[0].id}`,
    );
    return result;
  }
  const [first] = await work.rows<{ input_hash: string; result: Result }>(sql`
    select input_hash, result from idempotency_record
    where owner = ${owner} and operation = ${operation} and key = ${key}`);
  if (!first || first.input_hash !== hash) throw refuseOtherInput();
  return first.result;
}
