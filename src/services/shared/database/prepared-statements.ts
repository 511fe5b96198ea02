import type { Pool, PoolClient } from 'pg';

/** How many statements every connection keeps prepared: a large one takes about a hundred kilobytes there. */
const MOST_PREPARED = 300;
/** A statement is prepared when it comes for the second time: most that come once never come again. */
const MOST_SEEN_ONCE = 1_000;

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
  readonly #retired: string[] = [];
  /** Of the names retired, how many a connection has let go of. */
  readonly #released = new WeakMap<PoolClient, number>();
  #counter = 0;

  /** @param most how many statements every connection keeps prepared */
  constructor(
    private readonly pool: Pool,
    private readonly most = MOST_PREPARED,
  ) {}

  /** The first column of the first row; null for no row. */
  async text(statement: string, values: readonly unknown[]): Promise<string | null> {
    const name = this.#nameOf(statement);
    const client = await this.pool.connect();
    try {
      await this.#release(client);
      const query = { text: statement, values: values as unknown[], rowMode: 'array' as const };
      const { rows } = await client.query<[string | null]>(name === undefined ? query : { ...query, name });
      return rows[0]?.[0] ?? null;
    } finally {
      client.release();
    }
  }

  #nameOf(statement: string): string | undefined {
    let name = this.#names.get(statement);
    if (name === undefined) {
      if (!this.#seenOnce.delete(statement)) {
        this.#seenOnce.add(statement);
        if (this.#seenOnce.size > MOST_SEEN_ONCE) this.#seenOnce.delete(this.#seenOnce.values().next().value!);
        return undefined;
      }
      this.#counter += 1;
      name = `read_${this.#counter}`;
      if (this.#names.size >= this.most) this.#retire();
    } else {
      this.#names.delete(statement);
    }
    this.#names.set(statement, name);
    return name;
  }

  #retire(): void {
    const [statement, name] = this.#names.entries().next().value!;
    this.#names.delete(statement);
    this.#retired.push(name);
  }

  /** Lets a connection forget the names that were retired since it was used last. */
  async #release(client: PoolClient): Promise<void> {
    const released = this.#released.get(client) ?? 0;
    if (released === this.#retired.length) return;
    const prepared = (client as unknown as Connection).connection?.parsedStatements ?? {};
    this.#released.set(client, this.#retired.length);
    for (const name of this.#retired.slice(released)) {
      if (!(name in prepared)) continue;
      await client.query(`deallocate ${name}`);
      delete prepared[name];
    }
  }
}
