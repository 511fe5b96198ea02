import { printForPeer } from '../questions/print-for-peer.ts';
import { printForProduct } from '../questions/print-for-product.ts';
import { median } from '../shared/statistics.ts';
import type { EntryName } from './entries.ts';
import type { Workload } from './question.ts';
import type { CountedRound, Rounds } from './run-rounds.ts';

/** What an entry reached: medians over its rounds. */
export interface Reached {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Processor time of a request. */
  readonly serverMs: number;
  readonly postgresMs: number;
  readonly clientMs: number;
  readonly answerBytes: number;
  readonly rounds: readonly CountedRound[];
}

/** A ratio, round by round, and its median. */
export interface Ratio {
  readonly median: number;
  readonly rounds: readonly number[];
}

/** What came of a workload. */
export interface Summary {
  readonly name: string;
  readonly of: Workload['of'];
  readonly drawn: boolean;
  readonly questions: number;
  /** What was asked of the product and of PostGraphile; the seed draws the others again. */
  readonly asked: readonly { readonly product: string; readonly peer: string }[];
  readonly reached: Readonly<Partial<Record<EntryName, Reached>>>;
  /** Of requests a second, by `one / other`. */
  readonly ratios: Readonly<Record<string, Ratio>>;
}

/** Who is held to whom. */
const COMPARED: readonly (readonly [one: EntryName, other: EntryName])[] = [
  ['product (admin)', 'PostGraphile'],
  ['product (operator)', 'PostGraphile (operator)'],
  ['product (operator)', 'PostGraphile'],
  ['product (admin)', 'floor'],
  ['product (operator)', 'floor'],
  ['PostGraphile', 'floor'],
];

/** Sums up the rounds of a workload. */
export function summarise(
  workload: Workload,
  rounds: Rounds,
  bytes: Readonly<Partial<Record<EntryName, number>>>,
): Summary {
  const reached: Partial<Record<EntryName, Reached>> = {};
  for (const [entry, ofEntry] of Object.entries(rounds) as [EntryName, CountedRound[]][]) {
    const middle = (name: Exclude<keyof CountedRound, 'requests'>) => median(ofEntry.map((round) => round[name]));
    reached[entry] = {
      perSecond: middle('perSecond'),
      p50: middle('p50'),
      p99: middle('p99'),
      serverMs: middle('serverMs'),
      postgresMs: middle('postgresMs'),
      clientMs: middle('clientMs'),
      answerBytes: bytes[entry] ?? Number.NaN,
      rounds: ofEntry,
    };
  }
  const ratios: Record<string, Ratio> = {};
  for (const [one, other] of COMPARED) {
    const ratio = ratioOf(rounds[one], rounds[other]);
    if (ratio) ratios[`${one} / ${other}`] = ratio;
  }
  const { name, of, drawn, questions } = workload;
  return { name, of, drawn, questions: questions.length, asked: drawn ? [] : documentsOf(questions), reached, ratios };
}

/** The documents of some questions, each once. */
function documentsOf(questions: Workload['questions']): Summary['asked'] {
  const asked = new Map<string, string>();
  for (const { operation, values } of questions) {
    asked.set(printForProduct(operation, values).query, printForPeer(operation, values).query);
  }
  return [...asked].map(([product, peer]) => ({ product, peer }));
}

/** Round by round; undefined where one of both was not timed. */
export function ratioOf(
  one: readonly { readonly perSecond: number }[] | undefined,
  other: readonly { readonly perSecond: number }[] | undefined,
): Ratio | undefined {
  if (!one || !other) return undefined;
  const rounds = one.map(({ perSecond }, i) => perSecond / other[i]!.perSecond);
  return { median: median(rounds), rounds };
}
