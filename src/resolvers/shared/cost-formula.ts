import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { bounded } from './bounded.js';
import type { CoercedVariables } from './coerced-variables.js';
import { type Count, countBeside, countObjects, isConnection } from './count-objects.js';
import { isIntrospection } from './document-shape.js';

/** What asking for the schema counts for: the whole of it can be asked for at once, but not often in one operation. */
const INTROSPECTION = 10_000;
/** What counting all rows of a list counts for, in objects: however small the page, it goes over all of them. */
const TOTAL = 100;
/** The sum of a part that depends on no variable. */
const NONE = -1;

/** What a selection costs: a number, and the sum at a place in the formula. */
interface Part {
  readonly constant: number;
  readonly sum: number;
}

/** What a selection of a page's type costs apart from its entries: once for the page, whatever its size. */
interface Selected extends Part {
  readonly once: number;
}

/** So many times what a selection costs. */
interface Product extends Part {
  readonly count: Count;
}

interface SelectedProduct extends Product, Selected {}

const LEAF: SelectedProduct = { count: 1, constant: 0, sum: NONE, once: 0 };

/** What is no object costs nothing, but for what is gone over for it, and for texts that may be long. */
const leafOf = (field: GraphQLField<unknown, unknown>): SelectedProduct => ({ ...LEAF, constant: countBeside(field) });

type Sum = readonly Product[];

/**
 * What an operation costs, the objects that it could return, made ready once so that a request only puts its variables
 * in: a number where it depends on none, else sums, each of which may build on sums before it.
 */
export class CostFormula {
  readonly #values: Float64Array;

  constructor(
    private readonly total: Part,
    private readonly sums: readonly Sum[],
  ) {
    this.#values = new Float64Array(sums.length);
  }

  /** Whether the cost is the same whatever the variables are. */
  get isConstant(): boolean {
    return this.total.sum === NONE;
  }

  /** The cost with these variables, at most the largest whole number that JSON holds exactly. */
  evaluate(variables: CoercedVariables): number {
    const values = this.#values;
    for (let place = 0; place < this.sums.length; place += 1) {
      let value = 0;
      for (const { count, constant, sum } of this.sums[place]!) {
        const times = typeof count === 'number' ? count : count(variables);
        value += times * (constant + (sum === NONE ? 0 : values[sum]!));
      }
      values[place] = bounded(value);
    }
    const { constant, sum } = this.total;
    return bounded(constant + (sum === NONE ? 0 : values[sum]!));
  }
}

/** Makes the formula of one operation of a valid document; a fragment enters it once, however often it is spread. */
class FormulaCompiler {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #compiled = new Map<string, Selected>();
  readonly sums: Sum[] = [];

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
  }

  selection(set: SelectionSetNode, typeName: string): Selected {
    let constant = 0;
    let once = 0;
    const products: Product[] = [];
    for (const selection of set.selections) {
      const part =
        selection.kind === Kind.FIELD
          ? this.#field(selection, typeName)
          : { count: 1, ...this.#fragment(selection, typeName) };
      if (isConnection(typeName)) once += part.once;
      else constant += part.once;
      if (typeof part.count === 'number' && part.sum === NONE) constant += part.count * part.constant;
      else products.push(part);
    }
    const sum = products.length === 0 ? NONE : this.sums.push(products) - 1;
    return { constant: bounded(constant), sum, once: bounded(once) };
  }

  #fragment(selection: Exclude<SelectionSetNode['selections'][number], FieldNode>, typeName: string): Selected {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return this.selection(selection.selectionSet, selection.typeCondition?.name.value ?? typeName);
    }
    const name = selection.name.value;
    let part = this.#compiled.get(name);
    if (!part) {
      const fragment = this.#fragments.get(name)!;
      part = this.selection(fragment.selectionSet, fragment.typeCondition.name.value);
      this.#compiled.set(name, part);
    }
    return part;
  }

  #field(node: FieldNode, typeName: string): SelectedProduct {
    if (isIntrospection(node.name.value)) return { ...LEAF, constant: INTROSPECTION };
    if (isConnection(typeName) && node.name.value === 'totalCount') return { ...LEAF, once: TOTAL };
    const type = this.schema.getType(typeName);
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    if (!field) return LEAF;
    if (!node.selectionSet || !isCompositeType(getNamedType(field.type))) return leafOf(field);
    const { constant, sum, once } = this.selection(node.selectionSet, getNamedType(field.type).name);
    // A page's size counts where the page is asked for: its `nodes` and `edges` are those objects.
    const count = isConnection(typeName) ? 1 : countObjects(field, node);
    return { count, constant: constant + 1 + countBeside(field), sum, once };
  }
}

/** Makes ready to tell what an operation of a valid document costs. */
export function compileCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CostFormula {
  const compiler = new FormulaCompiler(schema, document);
  const root = schema.getRootType(operation.operation);
  const total = root ? compiler.selection(operation.selectionSet, root.name) : { constant: 0, sum: NONE };
  return new CostFormula(total, compiler.sums);
}
