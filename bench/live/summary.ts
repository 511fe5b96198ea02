import { median } from '../shared/statistics.ts';
import type { ContenderName } from './contenders.ts';
import type { Audience } from './live-message.ts';
import type { DelayRound } from './measure-delay.ts';
import type { DeliveryRound } from './measure-deliveries.ts';
import type { MemoryRound } from './measure-memory.ts';

/** Everybody's rounds, in their order. */
export type RoundsOf<Round> = Readonly<Record<ContenderName, readonly Round[]>>;

/** What was found of one case; the words tell of what is measured. */
export type Summary =
  | {
      readonly measured: 'deliveries';
      readonly audience: Audience;
      readonly sockets: number;
      readonly bytes: number;
      readonly rounds: RoundsOf<DeliveryRound>;
    }
  | {
      readonly measured: 'delay';
      readonly perSecond: number;
      readonly sockets: number;
      /** Why there are no figures of somebody. */
      readonly failures: Readonly<Partial<Record<ContenderName, string>>>;
      readonly rounds: RoundsOf<DelayRound>;
    }
  | { readonly measured: 'memory'; readonly idle: number; readonly rounds: RoundsOf<MemoryRound> };

/** The middle of what the rounds give. */
export function middle<Round>(rounds: readonly Round[], of: (round: Round) => number): number {
  return median(rounds.map(of));
}

/** The middle of the ratios, round by round: what else the machine did in a round met both. */
export function ratioOf<Round>(
  rounds: RoundsOf<Round>,
  one: ContenderName,
  other: ContenderName,
  of: (round: Round) => number,
): number {
  const others = rounds[other];
  return median(rounds[one].flatMap((round, i) => (others[i] === undefined ? [] : [of(round) / of(others[i])])));
}
