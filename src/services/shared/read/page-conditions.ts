import type { RawBuilder } from 'kysely';
import type { Rights } from '../access/rights.js';
import type { PageArguments } from './page-arguments.js';
import type { Filters, Readable } from './readable.js';
import type { Condition } from './visibility.js';

/** The filters of a list that a client gave a value for. */
export function givenFilters(filter: PageArguments['filter']): [name: string, value: unknown][] {
  return Object.entries(filter ?? {}).filter(([, value]) => value != null);
}

/**
 * The conditions of a list's filters on table `t`.
 *
 * @param valueFor what stands for a filter's value in the statement
 */
export function filterConditions<Entity extends { id: string }>(
  readable: Readable<Entity>,
  rights: Rights,
  filter: PageArguments['filter'],
  valueFor: (name: string) => RawBuilder<unknown>,
): Condition[] {
  const names = givenFilters(filter).map(([name]) => name);
  const conditions = names.map((name) => (readable.filters as Filters)[name]!.where(valueFor(name)));
  const { hideable } = readable;
  if (hideable && names.some((name) => hideable.names.includes(name))) conditions.push(hideable.whole(rights));
  return conditions;
}
