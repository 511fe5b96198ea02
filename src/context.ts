import type { Draws } from './services/distribution/draws.js';
import type { Authenticator } from './services/identity/authenticate.js';
import type { PasswordBudget } from './services/identity/password-budget.js';
import type { SecretBox } from './services/integrations/webhooks/secret-box.js';
import type { Webhooks } from './services/integrations/webhooks/webhooks.js';
import type { Actor } from './services/shared/access/actor.js';
import type { Client } from './services/shared/access/client.js';
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
  /** Tells this installation from others: the folder of its files is named for it. */
  readonly installation: string;
  readonly webhooks: Webhooks;
  /** Seals what requests to the HTTP intake of sources are signed with. */
  readonly intakeSecrets: SecretBox;
  /** What chance draws from, where it chooses an operator. */
  readonly draws: Draws;
}

/** What every resolver of one operation gets: who asks, what they can read, where writes begin. */
export interface Context {
  readonly actor: Actor;
  /** Reads as the actor sees; one for an operation, or for an event of a subscription. */
  readonly reader: Reader;
  readonly database: Database;
  readonly house: House;
  /** Where the request came from, for limits and the record. */
  readonly client: Client;
}

/**
 * Makes the context of an operation.
 *
 * @param feedCursor the place in the event log, for an operation that asks for it
 */
export function createContext(house: House, actor: Actor, client: Client, feedCursor?: string): Context {
  return {
    actor,
    reader: new Reader(house.database, house.tables, { ...house.database.scopeOf(actor), feedCursor }),
    database: house.database,
    house,
    client,
  };
}
