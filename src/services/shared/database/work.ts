import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../access/actor.js';
import type { NewChange, NewEvent } from '../events/event.js';
import type { Settings } from '../settings/settings.js';
import type { SqlExecutor } from './sql-executor.js';

/** What a use case gets first: who asks, and the transaction that its changes and its events are part of. */
export interface Work extends SqlExecutor {
  readonly actor: Actor;
  readonly settings: Settings;
  /** The instant at which the work began; every stamp of one work is the same. */
  readonly now: Date;
  /** The unit of work of this transaction; flush before SQL that must see its changes. */
  readonly em: EntityManager;
  /**
   * Writes events into the log, and what was changed into the history, in this transaction; events are announced when it
   * has committed.
   */
  record(happened: readonly (NewEvent | NewChange)[]): Promise<void>;
}
