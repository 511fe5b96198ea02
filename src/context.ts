import type { Actor } from './services/shared/access/actor.js';
import type { Database } from './services/shared/database/database.js';
import type { Reader } from './services/shared/read/reader.js';

/** What every resolver of one operation gets: who asks, what they can read, where writes begin. */
export interface Context {
  readonly actor: Actor;
  /** Reads as the actor sees; one for an operation, or for an event of a subscription. */
  readonly reader: Reader;
  readonly database: Database;
  /** Where the request came from, for limits and the record. */
  readonly clientAddress: string;
}
