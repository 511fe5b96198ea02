import { refuseInput } from '../errors/refusal.js';
import type { OrderDirection } from './readable.js';

/** The most rows that one page may have. */
export const LARGEST_PAGE = 100;
/** The rows of a page whose size was not asked for. */
export const STANDARD_PAGE = 20;

/** What a client asks of a connection (Relay's cursor connections). */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
  readonly filter?: object | null | undefined;
  readonly orderBy?: { readonly field: string; readonly direction: OrderDirection } | null | undefined;
}

/** A page to read: how many rows, from which side. */
export interface PageSize {
  readonly limit: number;
  readonly backward: boolean;
}

/**
 * Checks the size of a page.
 *
 * @throws Refusal with BAD_USER_INPUT for a size below zero or over the limit, or for both ends at once
 */
export function pageSizeOf(args: PageArguments): PageSize {
  for (const name of ['first', 'last'] as const) {
    const size = args[name];
    if (size == null) continue;
    if (size < 0) throw refuseInput([name], `${name} must not be negative.`);
    if (size > LARGEST_PAGE) throw refuseInput([name], `${name} must be at most ${LARGEST_PAGE}.`);
  }
  if (args.first != null && args.last != null) throw refuseInput(['last'], 'Ask for first or for last, not for both.');
  const backward = args.last != null || (args.first == null && args.before != null && args.after == null);
  return { limit: (backward ? args.last : args.first) ?? STANDARD_PAGE, backward };
}
