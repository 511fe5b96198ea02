import type { Parts } from '../../open-parts.ts';

type Pool = Parts['house']['database']['readPool'];

/** A row of a level: its cells as text, in the order of the statement. */
export type Cells = readonly (string | null)[];

/** Runs the statement of a level for all parents at once, prepared. */
export class Levels {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async rows(name: string, text: string, values: readonly unknown[]): Promise<Cells[]> {
    const { rows } = await this.#pool.query<string[]>({ name, text, values: [...values], rowMode: 'array' });
    return rows;
  }

  /** The one text of each key; of those cells that are no key there is no row. */
  async byKey(name: string, text: string, keys: readonly (string | null | undefined)[]): Promise<Map<string, string>> {
    const rows = await this.rows(name, text, [[...new Set(keys.filter((key) => key != null))]]);
    return new Map(rows.map(([key, json]) => [key!, json!]));
  }
}

/** The text of an object with one more member at its end. */
export function withMember(object: string, name: string, json: string): string {
  return `${object.slice(0, -1)},"${name}":${json}}`;
}

/** The text of a page of objects. */
export function pageOf(nodes: readonly string[]): string {
  return `{"nodes":[${nodes.join(',')}]}`;
}

/** Rows by their first cell. */
export function grouped(rows: readonly Cells[]): Map<string, Cells[]> {
  const groups = new Map<string, Cells[]>();
  for (const row of rows) {
    const group = groups.get(row[0]!);
    if (group) group.push(row);
    else groups.set(row[0]!, [row]);
  }
  return groups;
}
