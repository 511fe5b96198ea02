import type { RawBuilder } from 'kysely';
import type { Rights } from '../access/rights.js';
import type { ReadScope } from '../database/parameter.js';
import { keyOf } from '../ids/global-id.js';
import { composed } from '../text/tidied.js';
import type { Condition } from './visibility.js';

/**
 * A field of a filter: the condition that it adds, and how what a client gives becomes the value in that condition.
 *
 * The condition's text is the same for every value, so that a statement can be kept and run again with another.
 */
export interface Filter<Given> {
  /** A condition on table `t` for whoever has these rights; `value` stands for the value. */
  readonly where: (value: RawBuilder<unknown>, rights: Rights) => Condition;
  /** @throws Refusal with BAD_USER_INPUT at `path` for what is no such value */
  readonly value: (given: Given, scope: ReadScope, path: readonly string[]) => unknown;
  /** Whether the value is one of a few and stands in the statement itself, so that the database plans for it. */
  readonly isChoice: boolean;
}

/** A text is looked for as it is kept. */
const given = (value: unknown) => (typeof value === 'string' ? composed(value) : value);

/** Declares a field of a filter; what the client gives is the value itself, unless it is said how to read it. */
export function filter<Given>(where: Filter<Given>['where'], value: Filter<Given>['value'] = given): Filter<Given> {
  return { where, value, isChoice: false };
}

/** Declares a field of a filter that is a global id of a kind; the value is its key. */
export function idFilter(kind: string, where: Filter<string>['where']): Filter<string> {
  return filter(where, (id: string, _scope, path) => keyOf(kind, id, path));
}

/** Declares a field of a filter that is an instant. */
export function instantFilter(where: Filter<Date>['where']): Filter<Date> {
  return filter(where, (instant: Date) => instant.toISOString());
}

/** Declares a field of a filter that is an enum or a Boolean in the graph: what is rare is found otherwise than what is not. */
export function choice<Given extends string | boolean>(where: Filter<Given>['where']): Filter<Given> {
  return { where, value: (given) => given, isChoice: true };
}
