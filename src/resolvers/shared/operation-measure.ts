import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { CoercedVariables } from './coerced-variables.js';
import { type CostFormula, compileCost } from './cost-formula.js';
import type { OperationShape, OperationSize } from './operation-limits.js';

/**
 * Tells the size of one operation of a valid document: measured once where no variable changes it, else from what was
 * made ready once.
 */
export class OperationMeasure {
  readonly #formula: CostFormula;
  #latest: OperationSize;

  constructor(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    private readonly shape: OperationShape,
  ) {
    this.#formula = compileCost(schema, document, operation);
    this.#latest = this.#ofCost(this.#formula.isConstant ? this.#formula.evaluate({}) : 0);
  }

  /** Whether the size depends on the operation's variables. */
  get isVariable(): boolean {
    return !this.#formula.isConstant;
  }

  /**
   * The operation's size; the same object for as long as it does not change.
   *
   * @param variables undefined where they are wrong: nothing of the operation will run, so its cost is none
   */
  sizeWith(variables: CoercedVariables | undefined): OperationSize {
    const cost = variables ? this.#formula.evaluate(variables) : 0;
    if (this.#latest.cost !== cost) this.#latest = this.#ofCost(cost);
    return this.#latest;
  }

  #ofCost(cost: number): OperationSize {
    return Object.freeze({ cost, ...this.shape });
  }
}
