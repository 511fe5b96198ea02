import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  getArgumentValues,
  getNamedType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { NotPlannable } from '../../../services/shared/read/plan/place.js';
import type { Asked, Read, Selection } from '../../../services/shared/read/plan/read.js';
import type { CoercedVariables } from '../coerced-variables.js';
import { type Declaration, declarationOf, isPlain } from '../declares.js';
import { type AskedDocument, collectFields } from './collect-fields.js';
import { leafOfType } from './leaf-of-type.js';

/** A field whose arguments come with each request. */
interface VariableRead {
  readonly place: number;
  readonly declaration: Declaration;
  readonly field: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
}

const NO_READ = {
  read: undefined,
  readOf: () => {
    throw new Error('A plain property has no read.');
  },
};

function hasVariable(value: ValueNode): boolean {
  if (value.kind === Kind.VARIABLE) return true;
  if (value.kind === Kind.LIST) return value.values.some(hasVariable);
  return value.kind === Kind.OBJECT && value.fields.some((field) => hasVariable(field.value));
}

/** Reads an operation as the question that a plan answers, and remembers what of it comes with each request. */
export class QuestionReader {
  readonly #reads: Read[] = [];
  readonly #variable: VariableRead[] = [];

  constructor(private readonly document: AskedDocument) {}

  /**
   * What is asked of an object.
   *
   * @throws NotPlannable for a field that is not declared
   */
  selection(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Selection {
    const fields = [...collectFields(this.document, type, sets)].map(([key, nodes]) => this.#asked(key, nodes, type));
    return { type: type.name, fields };
  }

  /** What is asked of the object that a field answers with. */
  selectionOf(field: GraphQLField<unknown, unknown>, nodes: readonly FieldNode[]): Selection {
    return this.#inner(field, nodes);
  }

  /** The plan's reads with the arguments of a request, in the order of their places. */
  readsWith(): (variables: CoercedVariables) => readonly Read[] {
    const reads = this.#reads;
    const variable = this.#variable;
    if (variable.length === 0) return () => reads;
    return (variables) => {
      const present = [...reads];
      for (const { place, declaration, field, node } of variable) {
        present[place] = declaration(getArgumentValues(field, node, variables));
      }
      return present;
    };
  }

  #asked(key: string, nodes: readonly FieldNode[], type: GraphQLObjectType): Asked {
    const [node] = nodes as [FieldNode];
    const name = node.name.value;
    const field = type.getFields()[name];
    if (!field) {
      if (name !== '__typename') throw new NotPlannable(`${name} is no field of ${type.name}`);
      return { key, name, nullable: false, ...NO_READ, leaf: undefined, inner: () => this.#inner(undefined, nodes) };
    }
    const bare = isNonNullType(field.type) ? field.type.ofType : field.type;
    return {
      key,
      name,
      nullable: !isNonNullType(field.type),
      ...this.#read(field, node, type),
      leaf: isLeafType(bare) ? leafOfType(bare) : undefined,
      inner: (kind) => this.#inner(field, nodes, kind),
    };
  }

  #read(field: GraphQLField<unknown, unknown>, node: FieldNode, type: GraphQLObjectType) {
    const declaration = declarationOf(field);
    if (!declaration) {
      if (!isPlain(field)) throw new NotPlannable(`${type.name}.${field.name} is not declared`);
      return NO_READ;
    }
    const read = declaration(getArgumentValues(field, node, this.document.variables));
    const place = this.#reads.push(read) - 1;
    if (node.arguments?.some(({ value }) => hasVariable(value)))
      this.#variable.push({ place, declaration, field, node: withoutLocations(node) });
    return { read, readOf: (reads: readonly Read[]) => reads[place]! };
  }

  #inner(field: GraphQLField<unknown, unknown> | undefined, nodes: readonly FieldNode[], kind?: string): Selection {
    const named = field && getNamedType(field.type);
    const type = isObjectType(named) ? named : kind && this.document.schema.getType(kind);
    if (!isObjectType(type)) throw new NotPlannable(`${field?.name} is no object`);
    if (kind !== undefined && kind !== type.name)
      throw new Error(`${field?.name} is a ${type.name}; a ${kind} is read.`);
    if (field && isListOfLists(field)) throw new NotPlannable(`${field.name} is a list of lists`);
    return this.selection(
      type,
      nodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : [])),
    );
  }
}

/** A field with its arguments alone: a location would keep all of the document's tokens for as long as the plan. */
function withoutLocations({ kind, name, arguments: args }: FieldNode): FieldNode {
  const node = { kind, name, arguments: args };
  return JSON.parse(JSON.stringify(node, (key, value) => (key === 'loc' ? undefined : value)));
}

function isListOfLists({ type }: GraphQLField<unknown, unknown>): boolean {
  const bare = isNonNullType(type) ? type.ofType : type;
  if (!isListType(bare)) return false;
  const item = isNonNullType(bare.ofType) ? bare.ofType.ofType : bare.ofType;
  return isListType(item);
}
