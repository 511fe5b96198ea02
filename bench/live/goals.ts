import type { ContenderName } from './contenders.ts';
import { middle, ratioOf, type Summary } from './summary.ts';

/** A goal of issue 4 and what was reached. */
export interface Goal {
  readonly goal: string;
  readonly wanted: string;
  /** Null where there is no figure: the product did not keep up. */
  readonly reached: number | null;
  readonly met: boolean;
}

const TO_BARE = 0.7;
const TO_STOCK = 2;
const DIFFERENT_TO_STOCK = 1;
const P99_MS = 50;
const MEMORY_TO_BARE = 2;

/** The goals that the cases which ran can tell of. */
export function goalsOf(summaries: readonly Summary[]): Goal[] {
  return summaries.flatMap(goalsOfOne);
}

function goalsOfOne(summary: Summary): Goal[] {
  if (summary.measured === 'memory') {
    const ratio = ratioOf(summary.rounds, 'product', 'ws', ({ resident }) => resident);
    return [below(`memory of an idle subscription, of bare ws's`, MEMORY_TO_BARE, ratio)];
  }
  if (summary.measured === 'delay') {
    const p99 = middle(summary.rounds.product, ({ sinceCommit }) => sinceCommit.p99);
    return [below(`delay at ${summary.perSecond} calls a second, 99th percentile in ms`, P99_MS, p99)];
  }
  const { audience, sockets, rounds } = summary;
  const ratioTo = (peer: ContenderName) => ratioOf(rounds, 'product', peer, ({ perSecond }) => perSecond);
  if (audience !== 'equal') {
    const who = audience === 'users' ? 'different users' : 'users who each see rows of their own';
    const goal = `${sockets} ${who}: deliveries a second, of graphql-ws's`;
    return [atLeast(goal, DIFFERENT_TO_STOCK, ratioTo('graphql-ws'))];
  }
  return [
    atLeast(`${sockets} of equal rights: deliveries a second, of bare ws's`, TO_BARE, ratioTo('ws')),
    atLeast(`${sockets} of equal rights: deliveries a second, of graphql-ws's`, TO_STOCK, ratioTo('graphql-ws')),
  ];
}

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);

function atLeast(goal: string, least: number, reached: number): Goal {
  return { goal, wanted: `at least ${least}`, reached: known(reached), met: reached >= least };
}

function below(goal: string, bound: number, reached: number): Goal {
  return { goal, wanted: `below ${bound}`, reached: known(reached), met: reached < bound };
}
