import type { CaseName } from '../reads/question.ts';
import { printTable } from '../shared/print-table.ts';
import { median } from '../shared/statistics.ts';
import type { VariantRound, VariantRounds } from './time-variants.ts';
import type { VariantName } from './variants.ts';

/** What everything is held to: the product as it is. */
const STANDARD: VariantName = 'plans';

/** What a variant reached with the questions of a case: medians over its rounds. */
export interface VariantSummary {
  readonly case: CaseName;
  readonly variant: VariantName;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Processor time of one request. */
  readonly serverMs: number;
  readonly postgresMs: number;
  /** Of the plans', round by round: requests a second, and processor time of the server and of both together. */
  readonly ofPlans: { readonly perSecond: number; readonly serverMs: number; readonly processorMs: number };
  readonly rounds: readonly VariantRound[];
}

/** Sums up the rounds of a case. */
export function summariseVariants(of: CaseName, timed: VariantRounds): VariantSummary[] {
  const standard = timed.get(STANDARD) ?? [];
  return [...timed].map(([variant, rounds]) => {
    const middle = (figure: (round: VariantRound) => number) => median(rounds.map(figure));
    const ofPlans = (figure: (round: VariantRound) => number) =>
      median(rounds.flatMap((round, i) => (standard[i] ? [figure(round) / figure(standard[i])] : [])));
    return {
      case: of,
      variant,
      perSecond: middle((round) => round.perSecond),
      p50: middle((round) => round.p50),
      p99: middle((round) => round.p99),
      serverMs: middle((round) => round.serverMs),
      postgresMs: middle((round) => round.postgresMs),
      ofPlans: {
        perSecond: ofPlans((round) => round.perSecond),
        serverMs: ofPlans((round) => round.serverMs),
        processorMs: ofPlans((round) => round.serverMs + round.postgresMs),
      },
      rounds,
    };
  });
}

/** The table of one case. */
export function tableOf(of: CaseName, summaries: readonly VariantSummary[]): string {
  const header = [
    '',
    'req/s',
    'p99 ms',
    'server ms',
    'postgres ms',
    'req/s of plans',
    'server of plans',
    'both of plans',
  ];
  const rows = summaries.map(({ variant, perSecond, p99, serverMs, postgresMs, ofPlans }) => [
    variant,
    perSecond.toFixed(0),
    p99.toFixed(1),
    serverMs.toFixed(3),
    postgresMs.toFixed(3),
    ofPlans.perSecond.toFixed(2),
    ofPlans.serverMs.toFixed(2),
    ofPlans.processorMs.toFixed(2),
  ]);
  return `\n${of}: milliseconds are processor time of one request\n${printTable(header, rows)}`;
}
