import { Extensions } from 'type-graphql';

const KEY = 'countsFor';

/**
 * What a field counts for when the cost of an operation is told: a list for so many objects of its kind, anything else for
 * so many objects beside the one that it gives, for what is gone over to work it out.
 */
export function CountsFor(objects: number): PropertyDecorator & MethodDecorator {
  return Extensions({ [KEY]: objects });
}

/** Of a long text, so many characters count for one object. */
const TEXT_OF_AN_OBJECT = 500;

/** What a text that may be long counts for, at each place where it is asked for. */
export function CountsForText(longest: number): PropertyDecorator & MethodDecorator {
  return CountsFor(Math.ceil(longest / TEXT_OF_AN_OBJECT));
}

/** How many objects it was said that a field counts for; undefined where nothing was said. */
export function countedFor({ extensions }: { readonly extensions: Readonly<Record<string, unknown>> }) {
  return extensions[KEY] as number | undefined;
}
