import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { CompiledQuery, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import type { Pool } from 'pg';
import type { Actor } from '../access/actor.js';
import { type Client, NO_CLIENT } from '../access/client.js';
import { recordEvents } from '../events/record-events.js';
import type { Settings } from '../settings/settings.js';
import type { Clock } from '../time/clock.js';
import { within } from '../time/within.js';
import { HeldConnections } from './held-connections.js';
import { openReadPool } from './open-read-pool.js';
import { bind, type ReadScope } from './parameter.js';
import { PreparedStatements } from './prepared-statements.js';
import type { SqlExecutor } from './sql-executor.js';
import { namesOf } from './statement-names.js';
import type { StatementWork, Work } from './work.js';

/** A serialization failure and a deadlock: the transaction did nothing and may simply be run again. */
const TRANSIENT = new Set(['40001', '40P01']);
const MOST_ATTEMPTS = 5;
/** How long what follows the log waits for an answer, in milliseconds: it tries again after that. */
const NAMED_TIMEOUT_MS = 10_000;
/** How long the end waits for what still runs, before and after its connections are ended, in milliseconds. */
const END_MS = 3_000;
const CUT_MS = 1_000;

const codeOf = (error: unknown): string | undefined => (error as { code?: string } | null)?.code;

/** The product's PostgreSQL: transactions at the edge, and statements outside of any. */
export class Database implements SqlExecutor {
  /** Called after a transaction that recorded events has committed, with the greatest transaction id that they stand under. */
  onCommittedEvents: (xid: bigint) => void = () => {};

  /** Connections for reads alone. */
  readonly readPool: Pool;
  /** Reads of one text, prepared where they come again. */
  readonly prepared: PreparedStatements;
  readonly #held: readonly HeldConnections[];

  private constructor(
    readonly orm: MikroORM,
    readonly pool: Pool,
    readonly settings: Settings,
    readonly clock: Clock,
  ) {
    this.readPool = openReadPool(orm.config.get('clientUrl')!, orm.config.get('pool').max!);
    this.prepared = new PreparedStatements(this.readPool);
    this.#held = [pool, this.readPool].map((one) => new HeldConnections(one));
  }

  static async over(orm: MikroORM, settings: Settings, clock: Clock): Promise<Database> {
    return new Database(orm, await orm.em.getConnection().getNativeClient(), settings, clock);
  }

  /** Lets go of all connections, when what runs on them is done; where that takes seconds, it is broken off. */
  async close(): Promise<void> {
    const ended = Promise.all([this.readPool.end(), this.orm.close()]);
    if (await within(ended, END_MS)) return;
    for (const held of this.#held) held.end();
    await within(ended, CUT_MS);
  }

  async rows<Row>(statement: RawBuilder<Row>, scope?: ReadScope): Promise<Row[]> {
    const { sql, parameters } = this.compile(statement);
    return (await this.pool.query(sql, bind(parameters, scope))).rows;
  }

  /** Whether the database answers, in so many milliseconds. */
  async answersWithin(millis: number): Promise<boolean> {
    const statement = { text: 'select', query_timeout: millis };
    return within(this.pool.query(statement), millis).catch(() => false);
  }

  /** Runs a read whose text is always the same, prepared under a name of its own; it fails when it takes seconds. */
  async namedRows<Row>(name: string, statement: RawBuilder<Row>): Promise<Row[]> {
    const { sql, parameters } = this.compile(statement);
    const named = { name, text: sql, values: parameters as unknown[], query_timeout: NAMED_TIMEOUT_MS };
    return (await this.readPool.query(named)).rows;
  }

  /** What statements run for when an actor reads. */
  scopeOf(actor: Actor): ReadScope {
    return { actor, calendar: this.settings.calendar, now: () => this.clock.now() };
  }

  /** The text and the parameters of a statement. */
  compile<Row>(statement: RawBuilder<Row>): CompiledQuery<Row> {
    return statement.compile(this.orm.em.getConnection().getClient());
  }

  /**
   * Runs one use case as one transaction: all of it or nothing, its events included.
   *
   * A serialization failure or a deadlock runs it again, on a fresh unit of work; `run` must therefore have no effect
   * outside the transaction.
   *
   * @param client from where the actor asks, for the history; none for what the product does by itself
   */
  async transact<Result>(
    actor: Actor,
    run: (work: Work) => Promise<Result>,
    client: Client = NO_CLIENT,
  ): Promise<Result> {
    return this.#again(() => this.#attempt(actor, client, run));
  }

  /**
   * Runs one use case that is one statement, without a transaction around it; in all else as `transact`.
   *
   * @param run must ask for one statement only: each that it asks for is by itself
   */
  async once<Result>(
    actor: Actor,
    run: (work: StatementWork) => Promise<Result>,
    client: Client = NO_CLIENT,
  ): Promise<Result> {
    return this.#again(async () => {
      const told = new LatestXid();
      const outcome = await run({
        ...this.#workOf(actor, client, told),
        rows: (statement) => this.#preparedRows(statement),
      });
      if (told.xid !== undefined) this.onCommittedEvents(told.xid);
      return outcome;
    });
  }

  async #again<Result>(attemptOnce: () => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await attemptOnce();
      } catch (error) {
        if (!TRANSIENT.has(codeOf(error) ?? '') || attempt === MOST_ATTEMPTS) throw error;
        await new Promise((resume) => setTimeout(resume, Math.random() * 10 * 2 ** attempt));
      }
    }
  }

  #workOf(actor: Actor, client: Client, told: LatestXid): Omit<StatementWork, 'rows'> {
    return {
      actor,
      settings: this.settings,
      now: this.clock.now(),
      recorder: { actor: actor.key, client },
      recorded: (xid) => told.tell(xid === null ? undefined : BigInt(xid)),
    };
  }

  async #preparedRows<Row>(statement: RawBuilder<Row>): Promise<Row[]> {
    const { sql: text, parameters } = this.compile(statement);
    const name = namesOf(this.pool).of(text);
    return (await this.pool.query({ text, values: parameters as unknown[], ...(name === undefined ? {} : { name }) }))
      .rows;
  }

  async #attempt<Result>(actor: Actor, client: Client, run: (work: Work) => Promise<Result>): Promise<Result> {
    const told = new LatestXid();
    const result = await this.orm.em.fork({ clear: true }).transactional(async (em) => {
      const executor = transactionExecutor(em as EntityManager);
      const work = this.#workOf(actor, client, told);
      return run({
        ...work,
        em: em as EntityManager,
        rows: executor.rows,
        record: async (happened) => told.tell(await recordEvents(executor, work.recorder, happened)),
      });
    });
    if (told.xid !== undefined) this.onCommittedEvents(told.xid);
    return result;
  }
}

/** The greatest transaction id that a piece of work recorded events under. */
class LatestXid {
  xid: bigint | undefined;

  tell(xid: bigint | undefined): void {
    if (xid !== undefined && (this.xid === undefined || xid > this.xid)) this.xid = xid;
  }
}

function transactionExecutor(em: EntityManager): SqlExecutor {
  return {
    async rows<Row>(statement: RawBuilder<Row>, scope?: ReadScope) {
      const transaction = em.getTransactionContext<Transaction<unknown>>();
      if (!transaction) throw new Error('A use case runs in a transaction.');
      const { sql, parameters } = statement.compile(transaction as unknown as Kysely<unknown>);
      return (await transaction.executeQuery<Row>(CompiledQuery.raw(sql, bind(parameters, scope)))).rows;
    },
  };
}
