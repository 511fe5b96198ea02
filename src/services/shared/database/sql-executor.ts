import type { RawBuilder } from 'kysely';

/** Runs SQL, in the transaction of a unit of work or outside of any. */
export interface SqlExecutor {
  /** Runs a statement and gives its rows. */
  rows<Row>(statement: RawBuilder<Row>): Promise<Row[]>;
}
