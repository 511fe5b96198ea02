import { printTable } from '../shared/print-table.ts';
import { ENTRIES } from './entries.ts';
import type { Goal } from './goals.ts';
import type { Summary } from './summary.ts';

const HEADER = [
  '',
  'req/s',
  'p50 ms',
  'p99 ms',
  'server ms',
  'postgres ms',
  'client ms',
  'bytes',
  'of PostGraphile',
  'of floor',
];

const figure = (value: number | undefined, digits: number) =>
  value === undefined || Number.isNaN(value) ? '' : value.toFixed(digits);

/** The table of one workload: everybody's medians. The last milliseconds are processor time of one request. */
export function reportOf({ name, questions, reached, ratios }: Summary): string {
  const rows = ENTRIES.flatMap((entry) => {
    const one = reached[entry];
    if (!one) return [];
    const ofPeer = ratios[`${entry} / PostGraphile (operator)`] ?? ratios[`${entry} / PostGraphile`];
    return [
      [
        entry,
        figure(one.perSecond, 0),
        figure(one.p50, 2),
        figure(one.p99, 2),
        figure(one.serverMs, 3),
        figure(one.postgresMs, 3),
        figure(one.clientMs, 3),
        figure(one.answerBytes, 0),
        figure(ofPeer?.median, 2),
        figure(ratios[`${entry} / floor`]?.median, 2),
      ],
    ];
  });
  return `\n${name} (${questions} different requests)\n${printTable(HEADER, rows)}\n`;
}

/** The goals, met and not. */
export function reportGoals(goals: readonly Goal[]): string {
  const rows = goals.map(({ goal, wanted, reached, met }) => [
    goal,
    wanted,
    figure(reached, 2),
    met ? 'met' : 'NOT MET',
  ]);
  return `\n${printTable(['goal', 'wanted', 'reached', ''], rows)}\n`;
}
