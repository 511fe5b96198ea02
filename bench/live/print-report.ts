import { printTable } from '../shared/print-table.ts';
import { CONTENDERS, type ContenderName } from './contenders.ts';
import type { Goal } from './goals.ts';
import type { Audience } from './live-message.ts';
import { middle, type RoundsOf, ratioOf, type Summary } from './summary.ts';

const WHO: Readonly<Record<Audience, string>> = {
  equal: 'of equal rights',
  users: 'of different users',
  scoped: 'of operators who see only their own calls',
};

const figure = (value: number | null, digits: number): string =>
  value === null || Number.isNaN(value) ? '' : value.toFixed(digits);

/** The columns of what is measured: a title, the figure of a round, and its digits. */
type Columns<Round> = readonly (readonly [title: string, of: (round: Round) => number, digits: number])[];

/** The table of one case: everybody's medians, and ratios of the first column. */
export function reportOf(summary: Summary): string {
  if (summary.measured === 'memory') {
    return tableOf(`Memory of one of ${summary.idle} idle subscriptions`, summary.rounds, [
      ['resident kB', ({ resident }) => resident / 1024, 2],
      ['of all kB', ({ residentOfAll }) => residentOfAll / 1024, 2],
      ['heap kB', ({ heap }) => heap / 1024, 2],
    ]);
  }
  if (summary.measured === 'delay') {
    const failed = Object.entries(summary.failures).map(([name, why]) => `\n${name} did not keep up: ${why}`);
    const title = `Delay at ${summary.perSecond} calls a second to ${summary.sockets} sockets, ms`;
    const table = tableOf(title, summary.rounds, [
      ['p99', ({ sinceCommit }) => sinceCommit.p99, 2],
      ['p50', ({ sinceCommit }) => sinceCommit.p50, 2],
      ['worst', ({ sinceCommit }) => sinceCommit.worst, 2],
      ['p50 with the transaction', ({ sinceAsked }) => sinceAsked.p50, 2],
      ['p99 with it', ({ sinceAsked }) => sinceAsked.p99, 2],
      ['server s/100k', ({ spent }) => spent.server, 3],
    ]);
    return table + failed.join('');
  }
  const { sockets, audience, bytes, rounds } = summary;
  return tableOf(`${sockets} sockets ${WHO[audience]}, ${bytes} bytes a message`, rounds, [
    ['deliveries/s', ({ perSecond }) => perSecond, 0],
    ['server s/100k', ({ spent }) => spent.server, 3],
    ['postgres', ({ spent }) => spent.postgres, 3],
    ['writer', ({ spent }) => spent.writer, 3],
    ['client', ({ spent }) => spent.client, 3],
    ['window', ({ window }) => window, 0],
  ]);
}

function tableOf<Round>(title: string, rounds: RoundsOf<Round>, columns: Columns<Round>): string {
  const [, first] = columns[0]!;
  const ratio = (name: ContenderName, peer: ContenderName) =>
    name === peer ? '' : figure(ratioOf(rounds, name, peer, first), 2);
  const rows = CONTENDERS.filter((name) => rounds[name].length > 0).map((name) => [
    name,
    ...columns.map(([, of, digits]) => figure(middle(rounds[name], of), digits)),
    ratio(name, 'graphql-ws'),
    ratio(name, 'ws'),
  ]);
  return `\n${title}\n${printTable(['', ...columns.map(([name]) => name), 'of graphql-ws', 'of ws'], rows)}`;
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
