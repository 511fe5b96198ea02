import { sql } from 'kysely';
import type { House } from '../../../context.js';
import type { Rights } from '../../../services/shared/access/rights.js';
import { GapReason } from '../../../services/shared/live/gap-reason.js';
import { BatchStatement } from '../../../services/shared/read/plan/batch-statement.js';
import { type Finish, objectOf } from '../../../services/shared/read/plan/json.js';
import { NotPlannable } from '../../../services/shared/read/plan/place.js';
import { Planner } from '../../../services/shared/read/plan/planner.js';
import type { Read } from '../../../services/shared/read/plan/read.js';
import type { CoercedVariables } from '../coerced-variables.js';
import { QuestionReader } from '../planning/question-reader.js';
import { eventPlace, type LiveScope } from './event-place.js';
import type { LiveOperation } from './live-operation.js';
import { gapRow, type LiveRow } from './live-row.js';

/** Messages that one statement makes at most. */
const MOST_AT_ONCE = 1_000;

/** What a statement is asked to be while nothing has happened yet. */
const NOTHING: LiveRow = gapRow(GapReason.LOG_DROPPED, { epoch: '', xid: 0n, position: 0n });

/**
 * Makes the messages of a subscription for everybody who has certain rights, many by one statement.
 *
 * Who asks stands in the statement as parameters: those for whom these are equal get the same message.
 */
export class LivePlan {
  private constructor(
    private readonly batch: BatchStatement<LiveScope>,
    private readonly finish: Finish | undefined,
    private readonly house: House,
    private readonly reads: readonly Read[],
  ) {}

  /** @returns undefined for an operation that no statement alone can answer */
  static async of(
    operation: LiveOperation,
    variables: CoercedVariables,
    rights: Rights,
    house: House,
  ): Promise<LivePlan | undefined> {
    const { schema, fragments, key, nodes, field, following } = operation;
    const reader = new QuestionReader({ schema, fragments, variables });
    try {
      const selection = reader.selectionOf(field, nodes);
      const planner = new Planner(rights, house.database.settings, house.tables);
      const { text, finish } = objectOf([{ key, json: planner.object(selection, eventPlace(following.columns)) }]);
      const compiled = house.database.compile(sql`select ${text}`);
      const batch = await BatchStatement.of<LiveScope>(house.database.readPool, {
        ...compiled,
        sql: compiled.sql.replace(/^select /, ''),
      });
      return new LivePlan(batch, finish, house, reader.readsWith()(variables));
    } catch (error) {
      if (error instanceof NotPlannable) return undefined;
      throw error;
    }
  }

  /** What the statement runs for when a message is made for an actor. */
  scopeOf(actor: LiveScope['actor'], event: LiveRow): LiveScope {
    return { ...this.house.database.scopeOf(actor), reads: this.reads, event };
  }

  /** The same text for actors whose messages are the same. */
  groupOf(actor: LiveScope['actor']): string {
    return JSON.stringify(this.batch.ownValuesOf(this.scopeOf(actor, NOTHING)));
  }

  /** Messages as JSON text, in the order in which they are wanted. */
  async texts(wanted: readonly LiveScope[]): Promise<string[]> {
    const texts: string[] = [];
    for (let i = 0; i < wanted.length; i += MOST_AT_ONCE) {
      texts.push(...(await this.#some(wanted.slice(i, i + MOST_AT_ONCE))));
    }
    return texts;
  }

  async #some(wanted: readonly LiveScope[]): Promise<string[]> {
    const values = wanted.map((scope) => this.batch.valuesOf(scope));
    const texts = await this.house.database.prepared.texts(this.batch.statement, this.batch.argumentsFor(values));
    return texts.map((text, i) => this.#finished(text!, wanted[i]!));
  }

  #finished(text: string, scope: LiveScope): string {
    return this.finish ? JSON.stringify(this.finish(JSON.parse(text), scope)) : text;
  }
}
