import type { Json } from './canonical-answer.ts';

/** Where two answers differ, and what each has there. */
export interface Difference {
  readonly path: string;
  readonly one: Json | undefined;
  readonly other: Json | undefined;
}

/** The first places at which two answers differ. */
export function differences(one: Json | undefined, other: Json | undefined, most = 5): Difference[] {
  const found: Difference[] = [];
  compare(one, other, '', (difference) => {
    if (found.length < most) found.push(difference);
  });
  return found;
}

function compare(
  one: Json | undefined,
  other: Json | undefined,
  path: string,
  report: (difference: Difference) => void,
): void {
  if (Object.is(one, other)) return;
  if (isObject(one) && isObject(other) && Array.isArray(one) === Array.isArray(other)) {
    for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
      compare(one[name], other[name], `${path}.${name}`, report);
    }
    return;
  }
  report({ path, one, other });
}

function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null;
}
