import type { RawBuilder } from 'kysely';
import type { ReadScope } from './parameter.js';

/** Runs SQL, in the transaction of a unit of work or outside of any. */
export interface SqlExecutor {
  /**
   * Runs a statement and gives its rows.
   *
   * @param scope what the statement's parameters, if it has any, are of
   */
  rows<Row>(statement: RawBuilder<Row>, scope?: ReadScope): Promise<Row[]>;
}
