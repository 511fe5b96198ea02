import type { Pool } from 'pg';

/** How many statements every connection keeps prepared. */
const MOST = 50;
/** From so often on a statement is one of those that come again and again. */
const OFTEN = 5;
/** Texts that are counted; most of those that come once never come again. */
const MOST_COUNTED = 1_000;
/** A longer text is one of values that stand in it: it does not come again. */
const LONGEST = 20_000;

/**
 * Gives names to the statements that are use cases of their own, so that PostgreSQL reads and plans each once a connection.
 * Others are not prepared: a plan that is kept was made for the tables as they were, and a load fills empty ones.
 */
export class StatementNames {
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  /** The name of a statement; undefined for one that is not prepared. */
  of(text: string): string | undefined {
    const name = this.#names.get(text);
    if (name !== undefined || this.#names.size >= MOST || text.length > LONGEST) return name;
    const count = (this.#counts.get(text) ?? 0) + 1;
    this.#counts.delete(text);
    if (count >= OFTEN) {
      const given = `write_${this.#names.size + 1}`;
      this.#names.set(text, given);
      return given;
    }
    this.#counts.set(text, count);
    if (this.#counts.size > MOST_COUNTED) this.#counts.delete(this.#counts.keys().next().value!);
    return undefined;
  }
}

const known = new WeakMap<Pool, StatementNames>();

/** The names of the statements on the connections of a pool. */
export function namesOf(pool: Pool): StatementNames {
  let names = known.get(pool);
  if (!names) {
    names = new StatementNames();
    known.set(pool, names);
  }
  return names;
}
