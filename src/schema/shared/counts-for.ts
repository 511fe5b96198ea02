import { Extensions } from 'type-graphql';

const KEY = 'countsFor';

/**
 * What a field counts for when the cost of an operation is told: a list for so many objects of its kind, anything else for
 * so many objects beside the one that it gives, for what is gone over to work it out.
 */
export function CountsFor(objects: number): PropertyDecorator & MethodDecorator {
  return Extensions({ [KEY]: objects });
}

/** How many objects it was said that a field counts for; undefined where nothing was said. */
export function countedFor({ extensions }: { readonly extensions: Readonly<Record<string, unknown>> }) {
  return extensions[KEY] as number | undefined;
}
