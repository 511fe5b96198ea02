import type { Change } from './event.js';

type Fields = Readonly<Record<string, unknown>>;

/** That something happened to an object without a field of it saying so. */
export const NO_FIELDS: Change = { before: null, after: null };

/** What an object was made with; what was left empty is left out. */
export function creation(fields: Fields): Change {
  return { before: null, after: filled(fields) };
}

/** What of some fields became different; both sides have the same fields. */
export function difference(before: Fields, after: Fields): Change {
  const different = Object.keys(after).filter((name) => !same(before[name], after[name]));
  const pick = (fields: Fields) => Object.fromEntries(different.map((name) => [name, fields[name] ?? null]));
  return { before: pick(before), after: pick(after) };
}

function filled(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}

function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
