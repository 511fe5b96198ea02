import { type DocumentNode, execute, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { type Context, createContext, type House } from '../../../context.js';
import type { CoercedVariables } from '../coerced-variables.js';
import { OperationPlans } from './operation-plans.js';

/** Somebody may have written between the two readings: a difference counts when it is there each time. */
const MOST_ATTEMPTS = 4;

/** A plan answered otherwise than the resolvers, or is kept for more than it answers. */
export class PlanDiffers extends Error {}

/** Plans whose every answer is held against that of the resolvers: to find a plan that differs, not to be fast. */
export class ComparedPlans extends OperationPlans {
  constructor(
    private readonly graph: GraphQLSchema,
    house: House,
    report: (error: unknown) => void,
  ) {
    super(graph, house, report);
  }

  /** @throws PlanDiffers where the resolvers answer otherwise */
  override async answer(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: CoercedVariables,
    context: Context,
  ): Promise<string | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      const planned = await super.answer(document, operation, variables, context);
      if (planned === undefined) return undefined;
      const resolved = await this.#resolve(document, operation, variables, context);
      if (planned === resolved) {
        this.#checkShape(document, operation, variables, context);
        return planned;
      }
      if (attempt === MOST_ATTEMPTS) throw new PlanDiffers(`The plan answered ${planned}, the resolvers ${resolved}.`);
    }
  }

  /** A plan that is kept must be the one that this request would get: else its text depends on more than it is kept for. */
  #checkShape(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: CoercedVariables,
    { actor }: Context,
  ): void {
    const statements = this.statementOf(document, operation, variables, actor);
    if (statements && statements.kept !== statements.anew) {
      throw new PlanDiffers(`The plan that is kept is ${statements.kept}, for this request ${statements.anew}.`);
    }
  }

  async #resolve(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: CoercedVariables,
    { house, actor, client, reader }: Context,
  ): Promise<string> {
    const others = document.definitions.filter((one) => one.kind !== operation.kind);
    const { data, errors } = await execute({
      schema: this.graph,
      // Its variables have been read: what they were declared as is not read again.
      document: { ...document, definitions: [operation, ...others] },
      variableValues: { ...variables },
      contextValue: createContext(house, actor, client, reader.scope.feedCursor),
    });
    return JSON.stringify(errors ? { data, errors } : data);
  }
}
