import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { CompiledQuery, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import type { Pool } from 'pg';
import type { Actor } from '../access/actor.js';
import { recordEvents } from '../events/record-events.js';
import type { Settings } from '../settings/settings.js';
import type { Clock } from '../time/clock.js';
import { openReadPool } from './open-read-pool.js';
import { bind, type ReadScope } from './parameter.js';
import { PreparedStatements } from './prepared-statements.js';
import type { SqlExecutor } from './sql-executor.js';
import type { Work } from './work.js';

/** A serialization failure and a deadlock: the transaction did nothing and may simply be run again. */
const TRANSIENT = new Set(['40001', '40P01']);
const MOST_ATTEMPTS = 5;

const codeOf = (error: unknown): string | undefined => (error as { code?: string } | null)?.code;

/** The product's PostgreSQL: transactions at the edge, and statements outside of any. */
export class Database implements SqlExecutor {
  /** Called after a transaction that recorded events has committed. */
  onCommittedEvents: () => void = () => {};

  /** Connections for reads alone. */
  readonly readPool: Pool;
  /** Reads of one text, prepared where they come again. */
  readonly prepared: PreparedStatements;

  private constructor(
    readonly orm: MikroORM,
    readonly pool: Pool,
    readonly settings: Settings,
    readonly clock: Clock,
  ) {
    this.readPool = openReadPool(orm.config.get('clientUrl')!, orm.config.get('pool').max!);
    this.prepared = new PreparedStatements(this.readPool);
  }

  static async over(orm: MikroORM, settings: Settings, clock: Clock): Promise<Database> {
    return new Database(orm, await orm.em.getConnection().getNativeClient(), settings, clock);
  }

  /** Lets go of all connections, when what runs on them is done. */
  async close(): Promise<void> {
    await this.readPool.end();
    await this.orm.close();
  }

  async rows<Row>(statement: RawBuilder<Row>, scope?: ReadScope): Promise<Row[]> {
    const { sql, parameters } = this.compile(statement);
    return (await this.pool.query(sql, bind(parameters, scope))).rows;
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
   */
  async transact<Result>(actor: Actor, run: (work: Work) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#attempt(actor, run);
      } catch (error) {
        if (!TRANSIENT.has(codeOf(error) ?? '') || attempt === MOST_ATTEMPTS) throw error;
        await new Promise((resume) => setTimeout(resume, Math.random() * 10 * 2 ** attempt));
      }
    }
  }

  async #attempt<Result>(actor: Actor, run: (work: Work) => Promise<Result>): Promise<Result> {
    let announced = false;
    const result = await this.orm.em.fork({ clear: true }).transactional(async (em) => {
      const executor = transactionExecutor(em as EntityManager);
      const outcome = await run({
        actor,
        settings: this.settings,
        now: this.clock.now(),
        em: em as EntityManager,
        rows: executor.rows,
        record: async (events) => {
          announced ||= events.length > 0;
          await recordEvents(executor, actor.key, events);
        },
      });
      return outcome;
    });
    if (announced) this.onCommittedEvents();
    return result;
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
