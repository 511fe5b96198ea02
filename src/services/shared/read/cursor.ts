import { refuseInput } from '../errors/refusal.js';

/** Where a row stands in an order: the values that it is ordered by, then its id. */
export type Position = readonly string[];

/** The opaque text of a position; it names its order, so that it is good for no other. */
export function encodeCursor(order: string, position: Position): string {
  return Buffer.from(JSON.stringify([order, ...position])).toString('base64url');
}

/**
 * The position in a cursor of a given order.
 *
 * @param name of the argument, for the error
 * @throws Refusal with BAD_USER_INPUT for a text that is no cursor, or one of another order
 */
export function decodeCursor(cursor: string, order: string, length: number, name: string): Position {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    parsed = undefined;
  }
  if (!Array.isArray(parsed) || !parsed.every((part) => typeof part === 'string')) {
    throw refuseInput([name], 'This is not a cursor.');
  }
  const [cursorOrder, ...position] = parsed as string[];
  if (cursorOrder !== order || position.length !== length) {
    throw refuseInput([name], 'This cursor is of a list in another order.');
  }
  return position;
}
