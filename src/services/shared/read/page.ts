import { encodeCursor } from './cursor.js';

/** Relay's page information. */
export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** One page of a list, in the shape of a Relay connection; what is not asked for is not computed. */
export class Page<Row> {
  constructor(
    readonly nodes: readonly Row[],
    readonly ends: { readonly next: boolean; readonly previous: boolean },
    private readonly order: string,
    private readonly positionOf: (row: Row) => string[],
    private readonly count: () => Promise<number>,
  ) {}

  get edges(): { node: Row; cursor: string }[] {
    return this.nodes.map((node) => ({ node, cursor: this.#cursorOf(node) }));
  }

  get pageInfo(): PageInfo {
    const first = this.nodes[0];
    const last = this.nodes.at(-1);
    return {
      hasNextPage: this.ends.next,
      hasPreviousPage: this.ends.previous,
      startCursor: first === undefined ? null : this.#cursorOf(first),
      endCursor: last === undefined ? null : this.#cursorOf(last),
    };
  }

  /** Counted by a statement of its own, when it is asked for. */
  get totalCount(): Promise<number> {
    return this.count();
  }

  /**
   * The same page with something else in the place of each row.
   *
   * @param others one for each row, in their order, no two the same
   */
  with<Other extends object>(others: readonly Other[]): Page<Other> {
    const positions = new Map(others.map((other, i) => [other, this.positionOf(this.nodes[i]!)]));
    return new Page(others, this.ends, this.order, (other) => positions.get(other)!, this.count);
  }

  #cursorOf(row: Row): string {
    return encodeCursor(this.order, this.positionOf(row));
  }
}
