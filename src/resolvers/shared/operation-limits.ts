import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getVariableValues,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { ErrorCode } from '../../services/shared/errors/error-code.js';
import { type Refusal, refuse } from '../../services/shared/errors/refusal.js';
import { STANDARD_PAGE } from '../../services/shared/read/page-arguments.js';

/** The most that an operation may ask for. */
export interface OperationLimits {
  readonly maxDepth: number;
  readonly maxCost: number;
}

/** What an operation asks for: `cost` counts the objects that it could return, page sizes multiplied through. */
export interface OperationSize {
  readonly depth: number;
  readonly cost: number;
}

/** Objects that a plain list counts for: such lists are bounded by nature. */
const PLAIN_LIST = 10;
/** What asking for the schema counts for: the whole of it can be asked for at once, but not often in one operation. */
const INTROSPECTION: OperationSize = { depth: 1, cost: 10_000 };
const NOTHING: OperationSize = { depth: 0, cost: 0 };

/**
 * Measures a valid operation without running it.
 *
 * A fragment is measured once for the type it is spread on, however often it is spread, so that the measuring itself
 * costs no more than reading the document.
 */
export class OperationMeter {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #measured = new Map<string, OperationSize>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {
    this.#fragments = new Map(
      document.definitions
        .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
        .map((fragment) => [fragment.name.value, fragment]),
    );
  }

  measure(operation: OperationDefinitionNode): OperationSize {
    const root = this.schema.getRootType(operation.operation);
    return root ? this.#selection(operation.selectionSet, root.name) : NOTHING;
  }

  #selection(set: SelectionSetNode, typeName: string): OperationSize {
    let depth = 0;
    let cost = 0;
    for (const selection of set.selections) {
      const size =
        selection.kind === Kind.FIELD
          ? this.#field(selection, typeName)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? this.#selection(selection.selectionSet, selection.typeCondition?.name.value ?? typeName)
            : this.#fragment(selection.name.value);
      depth = Math.max(depth, size.depth);
      cost += size.cost;
    }
    return { depth, cost };
  }

  #fragment(name: string): OperationSize {
    let size = this.#measured.get(name);
    if (!size) {
      const fragment = this.#fragments.get(name)!;
      size = this.#selection(fragment.selectionSet, fragment.typeCondition.name.value);
      this.#measured.set(name, size);
    }
    return size;
  }

  #field(node: FieldNode, typeName: string): OperationSize {
    const type = this.schema.getType(typeName);
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    // How deep it goes is bounded by a validation rule of graphql-js.
    if (node.name.value === '__schema' || node.name.value === '__type') return INTROSPECTION;
    if (!field || !node.selectionSet || !isCompositeType(getNamedType(field.type))) return { depth: 1, cost: 0 };
    const inner = this.#selection(node.selectionSet, getNamedType(field.type).name);
    const args = field.args.length > 0 ? getArgumentValues(field, node, this.variables) : {};
    const objects = this.#count(field.type, args);
    // A page's size counts where the page is asked for: its `nodes` and `edges` are those objects.
    const ofPage = /Connection$/.test(typeName);
    return { depth: inner.depth + 1, cost: ofPage ? inner.cost + 1 : objects * (inner.cost + 1) };
  }

  #count(type: GraphQLOutputType, args: Readonly<Record<string, unknown>>): number {
    const bare = isNonNullType(type) ? type.ofType : type;
    if (isListType(bare)) return Array.isArray(args.ids) ? args.ids.length : PLAIN_LIST;
    if (!/Connection$/.test(getNamedType(bare).name)) return 1;
    return Math.max(1, Number(args.first ?? args.last ?? STANDARD_PAGE));
  }
}

/**
 * What a valid operation asks for with the variables that came with it, defaults included.
 *
 * Variables that are wrong make it nothing: the operation will be refused for them, and none of it runs.
 */
export function measureOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>> | null | undefined,
): OperationSize {
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {}, { maxErrors: 1 });
  return coerced ? new OperationMeter(schema, document, coerced).measure(operation) : NOTHING;
}

/**
 * Why an operation is too large to run.
 *
 * @returns undefined when it is not; else a refusal with LIMIT_EXCEEDED
 */
export function excessOf(size: OperationSize, limits: OperationLimits): Refusal | undefined {
  if (size.depth > limits.maxDepth) {
    return refuse(
      ErrorCode.LIMIT_EXCEEDED,
      `The operation is ${size.depth} levels deep; at most ${limits.maxDepth} are allowed.`,
    );
  }
  if (size.cost > limits.maxCost) {
    return refuse(
      ErrorCode.LIMIT_EXCEEDED,
      `The operation could return ${size.cost} objects; at most ${limits.maxCost} are allowed. Ask for smaller pages.`,
    );
  }
  return undefined;
}
