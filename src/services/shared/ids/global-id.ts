import { refuseInput } from '../errors/refusal.js';

/** The graph's id of an object: its kind and its key, in a form that tells a client nothing to build on. */
export function encodeId(kind: string, key: string): string {
  return Buffer.from(`${kind}:${key}`).toString('base64url');
}

/** What an id names; undefined when it is no id of ours. */
export function decodeId(id: string): { kind: string; key: string } | undefined {
  const match = /^([A-Za-z]+):([1-9]\d{0,17})$/.exec(Buffer.from(id, 'base64url').toString());
  return match && encodeId(match[1]!, match[2]!) === id ? { kind: match[1]!, key: match[2]! } : undefined;
}

/** What to say of an id of another kind than the one that is needed. */
export function wrongKind(kind: string, needed: string): string {
  return `This is an id of ${kind}; an id of ${needed} is needed.`;
}

/**
 * The key in an id of the kind asked for.
 *
 * @param path of the input field, for the error
 * @throws Refusal with BAD_USER_INPUT for an id of another kind, or no id at all
 */
export function keyOf(kind: string, id: string, path: readonly string[]): string {
  const decoded = decodeId(id);
  if (!decoded) throw refuseInput(path, 'This is not an id.');
  if (decoded.kind !== kind) throw refuseInput(path, wrongKind(decoded.kind, kind));
  return decoded.key;
}
