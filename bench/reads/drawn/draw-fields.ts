import type { Field } from '../../questions/field.ts';
import { TYPES } from '../../questions/fields.ts';
import { listTermsOf } from '../../questions/lists.ts';
import type { PageAsked, Selected } from '../../questions/operation.ts';
import type { Random } from '../../shared/random.ts';

/** What a drawn selection must have, whatever else it has: the objects of its case, and theirs. */
export interface Shape {
  readonly [name: string]: Shape;
}

const LEAF_CHANCE = 0.55;
const OBJECT_CHANCE = 0.2;
const FILTER_CHANCE = 0.35;
/** Levels of objects that nobody asked for. */
const DEEPEST = 2;

const isLeaf = (field: Field) => field.is === 'leaf' || field.is === 'money' || field.is === 'row-money';

/**
 * Draws what is asked of an object: values, the objects of the shape, and some others.
 *
 * @param root whether it is the object at the root of the operation, which alone may have every kind of list
 */
export function drawFields(random: Random, type: string, shape: Shape, root: boolean, level = 0): Selected[] {
  const fields = Object.entries(TYPES[type]!.fields);
  const leaves = fields.filter(([, field]) => isLeaf(field));
  const drawn = leaves.filter(() => random.chance(LEAF_CHANCE));
  // An object of which no value is asked for tells nothing.
  const values = drawn.length > 0 ? drawn : [random.pick(leaves)];
  const objects = fields.filter(
    ([name, field]) =>
      !isLeaf(field) &&
      (name in shape || (level < DEEPEST && isPossible(field, root, level) && random.chance(OBJECT_CHANCE))),
  );
  return [
    ...values.map(([name]) => ({ name })),
    ...objects.map(([name, field]) => drawObject(random, name, field as ObjectField, shape[name] ?? {}, level)),
  ];
}

type ObjectField = Exclude<Field, { readonly is: 'leaf' | 'money' | 'row-money' }>;

/** Lists within lists grow fast: beyond those of the shape they stand on the upper levels only. */
function isPossible(field: Field, root: boolean, level: number): boolean {
  if (field.is !== 'list') return true;
  return field.condition === undefined ? level === 0 : root;
}

function drawObject(random: Random, name: string, field: ObjectField, shape: Shape, level: number): Selected {
  // The ends of a call stand in its own row: they are no level of their own.
  const of = drawFields(random, field.type, shape, false, field.is === 'inline' ? level : level + 1);
  return field.is === 'list'
    ? { name, page: drawPage(random, field.type, [3, 5, 10], field.condition), of }
    : { name, of };
}

/**
 * Draws which page of a list is asked for.
 *
 * @param condition that PostGraphile is given already
 */
export function drawPage(random: Random, type: string, sizes: readonly number[], condition?: string): PageAsked {
  const { orders, filters } = listTermsOf(type);
  const drawn: string[] = [];
  const taken = new Set(condition === undefined ? [] : [condition]);
  for (const [name, { peer }] of Object.entries(filters)) {
    // A day and a period are the same arguments to PostGraphile.
    if (!random.chance(FILTER_CHANCE) || peer.some(([argument]) => taken.has(argument))) continue;
    drawn.push(name);
    for (const [argument] of peer) taken.add(argument);
  }
  return { first: random.pick(sizes), order: random.pick(Object.keys(orders)), filters: drawn };
}
