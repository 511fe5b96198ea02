import type { Pool, PoolClient } from 'pg';
import { isConnectionInDoubt } from './connection-in-doubt.js';

/** How many statements every connection keeps prepared. */
const MOST_PREPARED = 300;
/** How long the texts of these may be together: the plan of a statement of eight lists took PostgreSQL 1.2 MB. */
const MOST_CHARACTERS = 1_000_000;
/** A statement with a longer text is not prepared. */
const LONGEST_PREPARED = 100_000;
/** A statement is prepared when it comes for the second time: most that come once never come again. */
const MOST_SEEN_ONCE = 1_000;

/** Of the names that are ours to let go of. */
const PREFIX = 'read_';

interface Connection {
  /** The driver's own record of what it has prepared. */
  readonly connection?: { readonly parsedStatements?: Record<string, unknown> };
}

/**
 * Runs statements of one text as their result, prepared where they come again, so that PostgreSQL plans them once a
 * connection. What is prepared is bounded: the statement that was not used for longest makes way.
 */
export class PreparedStatements {
  /** By text, the one used last at the end. */
  readonly #names = new Map<string, string>();
  readonly #seenOnce = new Set<string>();
  readonly #live = new Set<string>();
  /** How many names had been retired when a connection last let go of what it has. */
  readonly #released = new WeakMap<PoolClient, number>();
  #retired = 0;
  #characters = 0;
  #counter = 0;

  /** @param most how many statements every connection keeps prepared */
  constructor(
    private readonly pool: Pool,
    private readonly most = MOST_PREPARED,
  ) {}

  /** The first column of the first row; null for no row. */
  async text(statement: string, values: readonly unknown[]): Promise<string | null> {
    return (await this.texts(statement, values))[0] ?? null;
  }

  /** The first column of each row. */
  async texts(statement: string, values: readonly unknown[]): Promise<(string | null)[]> {
    const client = await this.pool.connect();
    let inDoubt = false;
    try {
      let name = this.#nameOf(statement);
      await this.#release(client);
      // Others may have pushed it from among the kept meanwhile: a name that is gone must not come back.
      if (name !== undefined && !this.#live.has(name)) name = undefined;
      const query = { text: statement, values: values as unknown[], rowMode: 'array' as const };
      const { rows } = await client.query<[string | null]>(name === undefined ? query : { ...query, name });
      return rows.map(([text]) => text);
    } catch (error) {
      inDoubt = isConnectionInDoubt(error);
      throw error;
    } finally {
      client.release(inDoubt);
    }
  }

  #nameOf(statement: string): string | undefined {
    if (statement.length > LONGEST_PREPARED) return undefined;
    let name = this.#names.get(statement);
    if (name === undefined) {
      if (!this.#seenOnce.delete(statement)) {
        this.#seenOnce.add(statement);
        if (this.#seenOnce.size > MOST_SEEN_ONCE) this.#seenOnce.delete(this.#seenOnce.values().next().value!);
        return undefined;
      }
      this.#counter += 1;
      name = `${PREFIX}${this.#counter}`;
      this.#characters += statement.length;
      while (this.#names.size >= this.most || this.#characters > MOST_CHARACTERS) this.#retire();
    } else {
      this.#names.delete(statement);
    }
    this.#names.set(statement, name);
    this.#live.add(name);
    return name;
  }

  #retire(): void {
    const [statement, name] = this.#names.entries().next().value!;
    this.#names.delete(statement);
    this.#characters -= statement.length;
    this.#live.delete(name);
    this.#retired += 1;
  }

  /** Lets a connection forget the names that were retired since it was used last, and meanwhile. */
  async #release(client: PoolClient): Promise<void> {
    const prepared = (client as unknown as Connection).connection?.parsedStatements ?? {};
    while ((this.#released.get(client) ?? 0) !== this.#retired) {
      this.#released.set(client, this.#retired);
      for (const name of Object.keys(prepared)) {
        if (this.#live.has(name) || !name.startsWith(PREFIX)) continue;
        await client.query(`deallocate ${name}`);
        delete prepared[name];
      }
    }
  }
}
