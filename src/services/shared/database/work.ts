import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../access/actor.js';
import type { NewChange, NewEvent } from '../events/event.js';
import type { Recorder } from '../events/record-events.js';
import type { Settings } from '../settings/settings.js';
import type { SqlExecutor } from './sql-executor.js';

/** What a use case gets first that is one statement: a statement by itself is a transaction. */
export interface StatementWork extends SqlExecutor {
  readonly actor: Actor;
  readonly settings: Settings;
  /** The instant at which the work began; every stamp of one work is the same. */
  readonly now: Date;
  /** Who records, and from where, for a statement that writes into the log itself, by `feed.record`. */
  readonly recorder: Recorder;
  /** Has what such a statement recorded announced, when it has committed; by what `feed.record` gave. */
  recorded(xid: string | null): void;
}

/** What a use case gets first: who asks, and the transaction that its changes and its events are part of. */
export interface Work extends StatementWork {
  /** The unit of work of this transaction; flush before SQL that must see its changes. */
  readonly em: EntityManager;
  /**
   * Writes events into the log, and what was changed into the history, in this transaction; events are announced when it
   * has committed.
   */
  record(happened: readonly (NewEvent | NewChange)[]): Promise<void>;
}
