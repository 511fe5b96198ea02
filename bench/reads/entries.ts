import { printForPeer } from '../questions/print-for-peer.ts';
import { printForProduct } from '../questions/print-for-product.ts';
import type { Question, Workload } from './question.ts';

/** Who is timed: the product as either of its sign-ins, the peer asked for all and for what the operator sees, the floor. */
export const ENTRIES = [
  'product (admin)',
  'product (operator)',
  'PostGraphile',
  'PostGraphile (operator)',
  'floor',
] as const;
export type EntryName = (typeof ENTRIES)[number];

/** One that answers the questions of a workload. */
export interface Entry {
  readonly name: EntryName;
  /** The bodies of the requests, in the order of the questions. */
  readonly bodies: readonly string[];
}

/** The requests that a workload makes of everybody who can answer it. */
export function entriesOf({ questions }: Workload, operatorKey: string): Entry[] {
  const product = questions.map(({ operation, values }) => JSON.stringify(printForProduct(operation, values)));
  const peer = questions.map(({ operation, values }) => JSON.stringify(printForPeer(operation, values)));
  const scoped = questions.map(({ operation, values }) => JSON.stringify(printForPeer(operation, values, operatorKey)));
  const entries: Entry[] = [
    { name: 'product (admin)', bodies: product },
    { name: 'product (operator)', bodies: product },
    { name: 'PostGraphile', bodies: peer },
  ];
  // Where an operator sees what everybody sees, the question is the same.
  if (scoped.some((body, i) => body !== peer[i])) entries.push({ name: 'PostGraphile (operator)', bodies: scoped });
  const floor = questions.map((question) => floorBody(question)).filter((body) => body !== undefined);
  if (floor.length === questions.length) entries.push({ name: 'floor', bodies: floor });
  return entries;
}

function floorBody({ floor }: Question): string | undefined {
  return floor && JSON.stringify(floor);
}
