import type { Operation, Values } from '../questions/operation.ts';

/** One request, in all the forms in which it is made. */
export interface Question {
  readonly operation: Operation;
  readonly values: Values;
  /** The floor's statement and its values; drawn questions have none. */
  readonly floor?: { readonly statement: string; readonly values: readonly string[] };
}

/** What is timed as one: requests that come in turn. */
export interface Workload {
  /** Of the table of results, such as `page` or `page drawn`. */
  readonly name: string;
  /** The case of the issue that it belongs to. */
  readonly of: CaseName;
  readonly drawn: boolean;
  readonly questions: readonly Question[];
}

/** The cases of the issue; a list's first page and a page far behind it are timed apart. */
export const CASES = ['page', 'card', 'list', 'deep', 'node'] as const;
export type CaseName = (typeof CASES)[number];
