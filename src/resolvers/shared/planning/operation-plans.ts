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
import { denialOf } from '../../../services/shared/access/operation-rule.js';
import { rightsOf } from '../../../services/shared/access/rights.js';
import { Refusal } from '../../../services/shared/errors/refusal.js';
import { OperationPlan } from '../../../services/shared/read/plan/operation-plan.js';
import { NotPlannable } from '../../../services/shared/read/plan/place.js';
import { Planner } from '../../../services/shared/read/plan/planner.js';
import type { Read } from '../../../services/shared/read/plan/read.js';
import type { Reader } from '../../../services/shared/read/reader.js';
import type { CoercedVariables } from '../coerced-variables.js';
import { QuestionReader } from './question-reader.js';
import { VariablesShape } from './variables-shape.js';

/** A plan with what makes its reads of a request's variables. */
interface ReadyPlan {
  readonly plan: OperationPlan;
  readonly readsWith: (variables: CoercedVariables) => readonly Read[];
}

type ByShape = Map<string, ReadyPlan | null>;

/** The plans of one operation: by the rights of who asks, then by the shape of the variables; null where there is none. */
interface PlansOfOperation {
  readonly shape: VariablesShape;
  readonly byRights: Map<string, ByShape>;
}

/** How many queries were answered by a plan, and how many were left to the resolvers, since the start. */
export interface QueryCounts {
  readonly planned: number;
  readonly resolved: number;
}

/** How many plans a process keeps, of all operations: one takes some ten kilobytes. */
const MOST_PLANS = 2_000;

/** Classes of SQLSTATE that an argument can cause: what a statement cannot read, the resolvers say whose fault it is. */
const OF_ARGUMENTS = '22';

/**
 * Answers queries by one statement each, where all of what they ask for is declared.
 *
 * What it cannot answer is left to the resolvers: they are the reference, also for what is wrong with an argument.
 */
export class OperationPlans {
  readonly #plans = new WeakMap<OperationDefinitionNode, PlansOfOperation>();
  /** In the order in which they were made. */
  readonly #kept: { readonly byShape: ByShape; readonly shape: string }[] = [];
  #planned = 0;
  #resolved = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly house: House,
    private readonly mostPlans = MOST_PLANS,
  ) {}

  get counts(): QueryCounts {
    return { planned: this.#planned, resolved: this.#resolved };
  }

  /**
   * The data that answers a valid query, as JSON text.
   *
   * @returns undefined where the resolvers must answer
   */
  async answer(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: CoercedVariables,
    { reader }: Pick<Context, 'reader'>,
  ): Promise<string | undefined> {
    if (operation.operation !== OperationTypeNode.QUERY) return undefined;
    const text =
      reader.actor.kind === 'anonymous' ? undefined : await this.#run(document, operation, variables, reader);
    if (text === undefined) this.#resolved += 1;
    else this.#planned += 1;
    return text;
  }

  async #run(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: CoercedVariables,
    { scope }: Reader,
  ): Promise<string | undefined> {
    const ready = this.#planOf(document, operation, variables, scope.actor);
    if (!ready) return undefined;
    try {
      const reads = ready.readsWith(variables);
      return (await ready.plan.run(this.house.database.prepared, { ...scope, reads })) ?? undefined;
    } catch (error) {
      if (isOfArguments(error)) return undefined;
      throw error;
    }
  }

  #planOf(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: CoercedVariables,
    actor: Context['actor'],
  ): ReadyPlan | null {
    let plans = this.#plans.get(operation);
    if (!plans) {
      plans = { shape: new VariablesShape(this.schema, operation), byRights: new Map() };
      this.#plans.set(operation, plans);
    }
    const rights = rightsOf(actor).key;
    let byShape = plans.byRights.get(rights);
    if (!byShape) {
      byShape = new Map();
      plans.byRights.set(rights, byShape);
    }
    const shape = plans.shape.of(variables);
    let ready = byShape.get(shape);
    if (ready === undefined) {
      ready = this.#make(document, operation, variables, actor);
      this.#keep(byShape, shape, ready);
    }
    return ready;
  }

  /** Keeps a plan, and lets the oldest go when there are too many. */
  #keep(byShape: ByShape, shape: string, ready: ReadyPlan | null): void {
    byShape.set(shape, ready);
    this.#kept.push({ byShape, shape });
    if (this.#kept.length <= this.mostPlans) return;
    const oldest = this.#kept.shift()!;
    oldest.byShape.delete(oldest.shape);
  }

  #make(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: CoercedVariables,
    actor: Context['actor'],
  ): ReadyPlan | null {
    const { database, tables } = this.house;
    const fragments = new Map(
      document.definitions.flatMap((one) =>
        one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as [string, FragmentDefinitionNode]] : [],
      ),
    );
    const reader = new QuestionReader({ schema: this.schema, fragments, variables });
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
      if (error instanceof NotPlannable) return null;
      // An argument that is wrong this time may be right the next: nothing is kept but for this shape of variables.
      if (isOfArguments(error)) return null;
      throw error;
    }
  }
}

/** Whether an argument was wrong: refused by a read, by GraphQL's own reading (null where it may not be), or by PostgreSQL. */
function isOfArguments(error: unknown): boolean {
  if (error instanceof Refusal || error instanceof GraphQLError) return true;
  return (error as { code?: string }).code?.startsWith(OF_ARGUMENTS) ?? false;
}
