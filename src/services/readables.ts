import { customers } from './customers/customer.queries.js';
import type { Readable } from './shared/read/readable.js';

/** What can be fetched by its global id, by kind. */
export const READABLES: ReadonlyMap<string, Readable<{ id: string }>> = new Map(
  [customers].map((one) => [one.kind, one as unknown as Readable<{ id: string }>]),
);
