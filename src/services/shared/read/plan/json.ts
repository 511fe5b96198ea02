import { type RawBuilder, sql } from 'kysely';
import type { ReadScope } from '../../database/parameter.js';

/** What an answer is finished with: not who asks, since what is finished may be for many. */
export type FinishScope = Omit<ReadScope, 'actor'>;

/** Turns what the statement gave into what is answered, where the database alone cannot say it; may change it in place. */
export type Finish = (value: unknown, scope: FinishScope) => unknown;

/** A piece of the answer: an expression of type text that is JSON and never null, and what is left to do to it. */
export interface Json {
  readonly text: RawBuilder<unknown>;
  readonly finish?: Finish | undefined;
}

/** A piece with a finish only where there is one. */
export function json(text: RawBuilder<unknown>, finish?: Finish): Json {
  return finish ? { text, finish } : { text };
}

/** Text that stands in the answer as it is. */
export function literal(text: string): RawBuilder<unknown> {
  return sql.lit(text);
}

export const NULL: Json = { text: literal('null') };

/** What `__typename` answers. */
export function typeName(type: string): Json {
  return { text: literal(JSON.stringify(type)) };
}

/** Pieces of text, one behind the other; neighbours that are literal are one. */
export function concat(pieces: readonly (string | RawBuilder<unknown>)[]): RawBuilder<unknown> {
  const merged: (string | RawBuilder<unknown>)[] = [];
  for (const piece of pieces) {
    if (piece === '') continue;
    const last = merged.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') merged[merged.length - 1] = last + piece;
    else merged.push(piece);
  }
  const [only] = merged;
  if (merged.length === 1 && typeof only === 'string') return literal(only);
  return sql`(${sql.join(
    merged.map((piece) => (typeof piece === 'string' ? literal(piece) : piece)),
    sql` || `,
  )})`;
}

/** An object of the answer. */
export function objectOf(fields: readonly { readonly key: string; readonly json: Json }[]): Json {
  const pieces = fields.flatMap(({ key, json: { text } }, i) => [
    `${i === 0 ? '{' : ','}${JSON.stringify(key)}:`,
    text,
  ]);
  const finishes = fields.flatMap(({ key, json: { finish } }) => (finish ? [{ key, finish }] : []));
  const text = concat(fields.length === 0 ? ['{}'] : [...pieces, '}']);
  if (finishes.length === 0) return { text };
  return json(text, (value, scope) => {
    const object = value as Record<string, unknown>;
    for (const { key, finish } of finishes) object[key] = finish(object[key], scope);
    return object;
  });
}

/** What is to do to each item of a list. */
export function finishEach(finish: Finish | undefined): Finish | undefined {
  return finish && ((items, scope) => (items as unknown[]).map((item) => finish(item, scope)));
}

/** What is to do to something that may be null. */
export function finishSome(finish: Finish | undefined): Finish | undefined {
  return finish && ((value, scope) => (value === null ? null : finish(value, scope)));
}
