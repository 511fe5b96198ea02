import type { EntryName } from './entries.ts';
import { type Ratio, ratioOf, type Summary } from './summary.ts';

/** A goal of the issue, and what was reached. */
export interface Goal {
  readonly goal: string;
  readonly wanted: string;
  readonly reached: number;
  readonly met: boolean;
}

const TO_PEER = 1.5;
const TO_FLOOR = 0.7;
const DEEP_TO_FIRST = 1 / 1.2;

const WHO = ['admin', 'operator'] as const;
type Who = (typeof WHO)[number];

const productAs = (who: Who): EntryName => `product (${who})`;

/** Whom the product is held to: as an operator, the peer that is asked for what the operator sees. */
function peerFor(who: Who, { reached }: Summary): EntryName {
  return who === 'operator' && reached['PostGraphile (operator)'] ? 'PostGraphile (operator)' : 'PostGraphile';
}

/** The goals of issue 3 that the workloads which ran can tell of. */
export function goalsOf(summaries: readonly Summary[]): Goal[] {
  return [
    ...summaries.flatMap((summary) => WHO.flatMap((who) => besidePeer(summary, who))),
    ...summaries.flatMap((summary) => besideFloor(summary)),
    ...deepBesideFirst(summaries),
  ];
}

function besidePeer(summary: Summary, who: Who): Goal[] {
  const product = summary.reached[productAs(who)];
  const peer = summary.reached[peerFor(who, summary)];
  const ratio = summary.ratios[`${productAs(who)} / ${peerFor(who, summary)}`];
  if (!product || !peer || !ratio) return [];
  return [
    atLeast(`${summary.name} as ${who}: requests a second, of PostGraphile's`, TO_PEER, ratio),
    {
      goal: `${summary.name} as ${who}: 99th percentile, of PostGraphile's`,
      wanted: 'at most 1',
      reached: product.p99 / peer.p99,
      met: product.p99 <= peer.p99,
    },
  ];
}

function besideFloor(summary: Summary): Goal[] {
  const ratio = summary.ratios['product (admin) / floor'];
  if (!ratio || summary.drawn || (summary.of !== 'page' && summary.of !== 'card')) return [];
  return [atLeast(`${summary.name} as admin: requests a second, of the floor's`, TO_FLOOR, ratio)];
}

function deepBesideFirst(summaries: readonly Summary[]): Goal[] {
  const first = summaries.find(({ name }) => name === 'deep first');
  const after = summaries.find(({ name }) => name === 'deep after');
  return WHO.flatMap((who) => {
    const ratio = ratioOf(after?.reached[productAs(who)]?.rounds, first?.reached[productAs(who)]?.rounds);
    return ratio ? [atLeast(`deep as ${who}: requests a second, of its first page's`, DEEP_TO_FIRST, ratio)] : [];
  });
}

function atLeast(goal: string, least: number, ratio: Ratio): Goal {
  return { goal, wanted: `at least ${Number(least.toFixed(2))}`, reached: ratio.median, met: ratio.median >= least };
}
