import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** Longer than any that is ours. */
const LONGEST = 200;

function read(value: unknown): string {
  if (typeof value === 'string' && value.length <= LONGEST) return value;
  throw new GraphQLError(`A cursor is the text that came with a message, of at most ${LONGEST} characters.`);
}

/** A place in the event log. */
export const CursorScalar = new GraphQLScalarType<string, string>({
  name: 'Cursor',
  description: 'A place in the event log, as opaque text: hand it back as `after` to go on behind it.',
  serialize: read,
  parseValue: read,
  parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : undefined),
});
