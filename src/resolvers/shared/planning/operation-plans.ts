import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { Context, House } from '../../../context.js';
import { OPERATION_RULES } from '../../../services/operation-rules.js';
import type { Actor } from '../../../services/shared/access/actor.js';
import { denialOf } from '../../../services/shared/access/operation-rule.js';
import { rightsOf } from '../../../services/shared/access/rights.js';
import { isTimeout } from '../../../services/shared/database/is-timeout.js';
import type { ReadScope } from '../../../services/shared/database/parameter.js';
import { isUnreadableValue } from '../../../services/shared/database/unreadable-value.js';
import { Refusal } from '../../../services/shared/errors/refusal.js';
import { isAnswerTooLarge, isTooLarge, refuseAnswer } from '../../../services/shared/limits/answer-size.js';
import { OperationPlan } from '../../../services/shared/read/plan/operation-plan.js';
import { NotPlannable } from '../../../services/shared/read/plan/place.js';
import { Planner } from '../../../services/shared/read/plan/planner.js';
import type { Read } from '../../../services/shared/read/plan/read.js';
import type { CoercedVariables } from '../coerced-variables.js';
import { type PlanBounds, PlanStore } from './plan-store.js';
import { QuestionReader } from './question-reader.js';
import { VariablesShape } from './variables-shape.js';

/** A plan with what makes its reads of a request's variables. */
interface ReadyPlan {
  readonly plan: OperationPlan;
  readonly readsWith: (variables: CoercedVariables) => readonly Read[];
}

/** How many queries were answered by a plan, and how many were left to the resolvers, since the start. */
export interface QueryCounts {
  readonly planned: number;
  readonly resolved: number;
}

/** How many plans a process keeps, of all operations, and how many characters of SQL they may have together. */
const BOUNDS: PlanBounds = { plans: 2_000, size: 20_000_000 };
/** What a plan takes beside its statement, in characters. */
const PLAN_OVERHEAD = 1_000;

/**
 * Answers queries by one statement each, where all of what they ask for is declared.
 *
 * What it cannot answer is left to the resolvers: they are the reference, also for what is wrong with an argument.
 */
export class OperationPlans {
  readonly #shapes = new WeakMap<OperationDefinitionNode, VariablesShape>();
  readonly #store: PlanStore<ReadyPlan | null>;
  #planned = 0;
  #resolved = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly house: House,
    private readonly report: (error: unknown) => void,
    bounds = BOUNDS,
  ) {
    this.#store = new PlanStore(bounds, (ready) => PLAN_OVERHEAD + (ready?.plan.statement.length ?? 0));
  }

  get counts(): QueryCounts {
    return { planned: this.#planned, resolved: this.#resolved };
  }

  /**
   * The data that answers a valid query, as JSON text.
   *
   * @returns undefined where the resolvers must answer
   * @throws Refusal with LIMIT_EXCEEDED for an answer that is too large
   */
  async answer(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: CoercedVariables,
    { reader }: Pick<Context, 'reader'>,
  ): Promise<string | undefined> {
    if (operation.operation !== OperationTypeNode.QUERY) return undefined;
    const { scope } = reader;
    const ready = scope.actor.kind === 'anonymous' ? null : this.#planOf(document, operation, variables, scope.actor);
    const text = ready ? await this.#run(ready, variables, scope) : undefined;
    if (text !== undefined && isAnswerTooLarge(text)) throw refuseAnswer();
    if (text === undefined) this.#resolved += 1;
    else this.#planned += 1;
    return text;
  }

  /** The statement that a plan made now would be, for who holds it against the one that is kept; null for no plan. */
  protected statementOf(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: CoercedVariables,
    actor: Actor,
  ): { readonly kept: string; readonly anew: string } | null {
    const kept = this.#planOf(document, operation, variables, actor);
    const anew = this.#make(document, operation, variables, actor);
    return kept && anew && { kept: kept.plan.statement, anew: anew.plan.statement };
  }

  async #run(ready: ReadyPlan, variables: CoercedVariables, scope: ReadScope): Promise<string | undefined> {
    try {
      const reads = ready.readsWith(variables);
      return (await ready.plan.run(this.house.database.prepared, { ...scope, reads })) ?? undefined;
    } catch (error) {
      if (isRefused(error) || isUnreadableValue(error)) return undefined;
      if (isTimeout(error)) throw error;
      if (isTooLarge(error)) throw refuseAnswer();
      // The resolvers may answer a part of it, and say of the rest that it failed.
      this.report(error);
      return undefined;
    }
  }

  #planOf(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: CoercedVariables,
    actor: Actor,
  ): ReadyPlan | null {
    let shape = this.#shapes.get(operation);
    if (!shape) {
      shape = new VariablesShape(this.schema, operation);
      this.#shapes.set(operation, shape);
    }
    return this.#store.find(operation, rightsOf(actor).key, shape.of(variables), () =>
      this.#make(document, operation, variables, actor),
    );
  }

  #make(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: CoercedVariables,
    actor: Actor,
  ): ReadyPlan | null {
    const { database, tables } = this.house;
    const reader = new QuestionReader({ schema: this.schema, fragments: fragmentsOf(document), variables });
    try {
      const question = reader.selection(this.schema.getQueryType()!, [operation.selectionSet]);
      const denied = question.fields.some(({ name }) => {
        const field = `Query.${name}`;
        return name !== '__typename' && denialOf(actor, field, OPERATION_RULES[field]);
      });
      if (denied) return null;
      const json = new Planner(rightsOf(actor), database.settings, tables).object(question, null);
      const plan = new OperationPlan(json, (statement) => database.compile(statement));
      return { plan, readsWith: reader.readsWith() };
    } catch (error) {
      // What is refused here is refused for every value of this shape: a read checks nothing else while it is planned.
      if (error instanceof NotPlannable || isRefused(error)) return null;
      throw error;
    }
  }
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as [string, FragmentDefinitionNode]] : [],
    ),
  );
}

/** Whether an argument was refused: by a read, or by GraphQL's own reading (null where it may not be). */
function isRefused(error: unknown): boolean {
  return error instanceof Refusal || error instanceof GraphQLError;
}
