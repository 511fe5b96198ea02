import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLSchema,
  getArgumentValues,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import type { CoercedVariables } from '../coerced-variables.js';
import { collectFields } from '../planning/collect-fields.js';
import { type Following, followingOf } from './follows.js';

const AFTER = 'after';

/** A subscription as a document asks for it. */
export class LiveOperation {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** The root field's name in the answer. */
  readonly key: string;
  /** Its nodes: a field may be asked for in several places. */
  readonly nodes: readonly FieldNode[];
  readonly field: GraphQLField<unknown, unknown>;
  readonly following: Following;
  readonly #shaping: readonly string[];

  /** @param document valid, and of one root field */
  constructor(
    readonly schema: GraphQLSchema,
    readonly document: DocumentNode,
    readonly node: OperationDefinitionNode,
  ) {
    this.fragments = new Map(
      document.definitions.flatMap((one) =>
        one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as [string, FragmentDefinitionNode]] : [],
      ),
    );
    const type = schema.getSubscriptionType()!;
    const asked = { schema, fragments: this.fragments, variables: {} };
    const [[key, nodes]] = [...collectFields(asked, type, [node.selectionSet])] as [[string, FieldNode[]]];
    this.key = key;
    this.nodes = nodes;
    this.field = type.getFields()[nodes[0]!.name.value]!;
    this.following = followingOf(this.field)!;
    this.#shaping = this.#shapingVariables();
  }

  /** The operation of the policy's table. */
  get rule(): string {
    return `Subscription.${this.field.name}`;
  }

  /** The root field's arguments. */
  argumentsWith(variables: CoercedVariables): Readonly<Record<string, unknown>> {
    return getArgumentValues(this.field, this.nodes[0]!, variables);
  }

  /** The same text for variables that ask for the same messages; from where on is no part of it. */
  shapeOf(variables: CoercedVariables): string {
    return JSON.stringify(
      this.#shaping.map((name) => (Object.hasOwn(variables, name) ? [canonical(variables[name])] : [])),
    );
  }

  /** The variables that stand anywhere but in `after`. */
  #shapingVariables(): string[] {
    const shaping = new Set<string>();
    for (const definition of this.document.definitions) {
      visit(definition, {
        Argument: (argument, _key, _parent, _path, ancestors) => {
          const field = ancestors.at(-1);
          return argument.name.value === AFTER && this.nodes.includes(field as unknown as FieldNode)
            ? false
            : undefined;
        },
        VariableDefinition: () => false,
        Variable: ({ name }) => {
          shaping.add(name.value);
        },
      });
    }
    return [...shaping].sort();
  }
}

/** A value whose text is the same whatever the order of its fields. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  if (Object.getPrototypeOf(value) === Date.prototype) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, canonical(inner)]),
  );
}
