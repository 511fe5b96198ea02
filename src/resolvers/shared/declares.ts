import type { GraphQLField, GraphQLObjectType } from 'graphql';
import { Extensions } from 'type-graphql';
import type { Read } from '../../services/shared/read/plan/read.js';
import type { Reader } from '../../services/shared/read/reader.js';
import { globalId } from '../../services/shared/read/reads/values.js';

/** How a field is read, told by its arguments alone. */
export type Declaration = (args: Readonly<Record<string, unknown>>) => Read;

const KEY = 'declaration';
const ARGUMENT = 'declarationArgument';
/** What a method without an argument of its own may be handed as a whole. */
const OF_LISTS: ReadonlySet<string> = new Set(['first', 'after', 'last', 'before', 'filter', 'orderBy']);

/** How a field of the graph is read, if that is declared. */
export function declarationOf({ extensions }: { readonly extensions: Readonly<Record<string, unknown>> }) {
  return extensions[KEY] as Declaration | undefined;
}

const PLAIN = 'plain';

/** Whether a field of the graph is no more than the property of that name. */
export function isPlain({ extensions }: { readonly extensions: Readonly<Record<string, unknown>> }): boolean {
  return extensions[PLAIN] === true;
}

/** @throws Error for a method that would be handed other arguments than it takes */
function checkArguments({ name, args, extensions }: GraphQLField<unknown, unknown>): void {
  const argument = extensions[ARGUMENT];
  const fits =
    argument === undefined ? args.every((one) => OF_LISTS.has(one.name)) : args.some((one) => one.name === argument);
  if (!fits) throw new Error(`@Declares must name the argument that ${name} takes.`);
}

/** Declares for a field how it is read. */
export function declareRead(field: GraphQLField<unknown, unknown>, declaration: Declaration): void {
  field.extensions = { ...field.extensions, [KEY]: declaration };
}

/** Declares for the id of what implements `Node` that it is global. */
export function declareGlobalId(type: GraphQLObjectType): void {
  const { id } = type.getFields();
  if (id) declareRead(id, () => globalId(type.name));
}

/**
 * Puts the reading that is declared for a field in the place of its resolver, and marks those that need none.
 *
 * @throws Error for a declaration that does not fit the field's arguments
 */
export function readAsDeclared(field: GraphQLField<never, { readonly reader: Reader }>): void {
  const declaration = declarationOf(field);
  if (declaration) checkArguments(field as GraphQLField<unknown, unknown>);
  if (declaration) field.resolve = (row, args, { reader }) => declaration(args).run(row, reader);
  else if (!field.resolve) field.extensions = { ...field.extensions, [PLAIN]: true };
}

/**
 * A resolver's method that declares how its field is read, by the field's arguments alone: it gets neither the object
 * nor the context, and answers a `Read`. The graph reads by it, row by row or in one statement for the whole operation.
 *
 * @param argument the one that the method takes; those of a list, as one object, when left out
 */
export function Declares(argument?: string) {
  // biome-ignore lint/suspicious/noExplicitAny: a method takes the arguments of its own field
  return <Method extends (args: any) => Read>(
    prototype: object,
    name: string,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    const method = descriptor.value!;
    const declaration: Declaration = (args) => method.call(prototype, argument === undefined ? args : args[argument]);
    Extensions({ [KEY]: declaration, [ARGUMENT]: argument })(prototype, name, descriptor);
  };
}
