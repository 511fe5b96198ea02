import type { Authenticator } from './services/identity/authenticate.js';
import type { PasswordBudget } from './services/identity/password-budget.js';
import type { Actor } from './services/shared/access/actor.js';
import type { Database } from './services/shared/database/database.js';
import type { FeedFollower } from './services/shared/live/feed-follower.js';
import { Reader } from './services/shared/read/reader.js';
import type { Tables } from './services/shared/read/table.js';

/** What the process has once, for all operations. */
export interface House {
  readonly database: Database;
  readonly tables: Tables;
  readonly authenticator: Authenticator;
  readonly passwordBudget: PasswordBudget;
  readonly feed: FeedFollower;
  /** Tells this database's feed cursors from another's. */
  readonly epoch: string;
}

/** The open stream of a subscription. */
export interface Stream {
  /**
   * Asks again who is there, with fresh reads, as each event must; ends the stream's socket when nobody we know is.
   *
   * @returns whether the stream goes on
   */
  renew(): Promise<boolean>;
  /** Ends the stream's socket because its client does not keep up. */
  tooSlow(): void;
}

/** What every resolver of one operation gets: who asks, what they can read, where writes begin. */
export interface Context {
  readonly actor: Actor;
  /** Reads as the actor sees; one for an operation, or for an event of a subscription. */
  readonly reader: Reader;
  readonly database: Database;
  readonly house: House;
  /** Where the request came from, for limits and the record. */
  readonly clientAddress: string;
  /** Of a subscription only. */
  readonly stream?: Stream;
}

/** Makes the context of an operation. */
export function createContext(house: House, actor: Actor, clientAddress: string): Context {
  return {
    actor,
    reader: new Reader(house.database, house.tables, house.database.scopeOf(actor)),
    database: house.database,
    house,
    clientAddress,
  };
}
