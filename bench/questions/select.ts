import type { PageAsked, Selected } from './operation.ts';

/** Fields of an object: the names of those that hold values, apart by spaces, then those that hold objects. */
export function fields(names: string, ...objects: readonly Selected[]): Selected[] {
  return [...names.split(' ').map((name) => ({ name })), ...objects];
}

/** An object's field that holds one object. */
export function one(name: string, of: readonly Selected[]): Selected {
  return { name, of };
}

/** An object's field that holds a page of objects. */
export function list(name: string, page: PageAsked, of: readonly Selected[]): Selected {
  return { name, page, of };
}
