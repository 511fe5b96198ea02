import { type DocumentNode, execute, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { type Context, createContext } from '../context.js';
import type { CoercedVariables } from '../resolvers/shared/coerced-variables.js';
import { OperationPlans } from '../resolvers/shared/planning/operation-plans.js';

/** Somebody may have written between the two readings: a difference counts when it is there each time. */
const MOST_ATTEMPTS = 4;

/** A plan answered otherwise than the resolvers. */
export class PlanDiffers extends Error {}

/** Plans whose every answer is held against that of the resolvers: to find a plan that differs, not to be fast. */
export class ComparedPlans extends OperationPlans {
  constructor(
    private readonly graph: GraphQLSchema,
    house: Context['house'],
  ) {
    super(graph, house);
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
      if (planned === resolved) return planned;
      if (attempt === MOST_ATTEMPTS) throw new PlanDiffers(`The plan answered ${planned}, the resolvers ${resolved}.`);
    }
  }

  async #resolve(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: CoercedVariables,
    { house, actor, clientAddress }: Context,
  ): Promise<string> {
    const others = document.definitions.filter((one) => one.kind !== operation.kind);
    const { data, errors } = await execute({
      schema: this.graph,
      // Its variables have been read: what they were declared as is not read again.
      document: { ...document, definitions: [operation, ...others] },
      variableValues: { ...variables },
      contextValue: createContext(house, actor, clientAddress),
    });
    return JSON.stringify(errors ? { data, errors } : data);
  }
}
