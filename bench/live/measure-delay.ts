import { percentile } from '../shared/statistics.ts';
import type { Timed } from './client/client-messages.ts';
import type { Contender } from './contenders.ts';
import type { Pace, Written } from './live-message.ts';
import type { Child } from './processes/child.ts';
import { openSockets, untilArrived, type Wanted } from './sockets-of.ts';
import { forDeliveries, type Spent, spender } from './spent.ts';

/** A distribution, in milliseconds. */
export interface Delays {
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
}

/** One contender's turn at the steady pace. */
export interface DelayRound {
  /** From right after the commit, as the writer sees it, to the message at the client. */
  readonly sinceCommit: Delays;
  /** From before the transaction began: more than the delay, never less. */
  readonly sinceAsked: Delays;
  /** Seconds of processor time for 100,000 deliveries, which come one or a few at a time here. */
  readonly spent: Spent;
}

/** Room for messages that were not published here, and the beginning of a stream that does not count, in seconds. */
const SPARE = 1.5;
const WARM_UP_SECONDS = 1;

/**
 * Measures how long messages take at a steady pace.
 *
 * @throws Error where not everything came, or a socket was lost
 */
export async function measureDelay(
  client: Child,
  contender: Contender,
  wanted: Wanted,
  { perSecond, seconds, together }: Pace,
  postmaster: number,
  stopped: AbortSignal,
): Promise<DelayRound> {
  const length = seconds + WARM_UP_SECONDS;
  try {
    await openSockets(client, contender, wanted, stopped);
    await client.ask('time', Math.ceil(perSecond * length * SPARE));
    const spent = await spender(contender, client, postmaster);
    const written = await contender.steady({ perSecond, seconds: length, together });
    await untilArrived(client, contender, written.length);
    const used = forDeliveries(await spent(), written.length * wanted.sockets);
    const timed = await client.ask<Timed>('timed');
    return { ...delaysOf(written, timed, contender.name, perSecond * WARM_UP_SECONDS), spent: used };
  } finally {
    await client.ask('close').catch(() => undefined);
  }
}

function delaysOf(written: readonly Written[], timed: Timed, name: string, warmUp: number): Omit<DelayRound, 'spent'> {
  const { keys, others = keys, arrivals, sockets } = timed;
  const known = new Map(written.map((one) => [one.key, one]));
  if (keys.length !== written.length || keys.some((key, i) => key !== others[i] || !known.has(key))) {
    throw new Error(`${name}: of ${written.length} calls ${keys.length} came, or in another order to each socket.`);
  }
  const counted = keys.length - warmUp;
  const sinceCommit = new Float64Array(counted * sockets);
  const sinceAsked = new Float64Array(counted * sockets);
  for (let i = 0; i < sinceCommit.length; i += 1) {
    const ordinal = warmUp + Math.floor(i / sockets);
    const arrived = arrivals[ordinal * sockets + (i % sockets)]!;
    if (arrived === 0) throw new Error(`${name}: call ${ordinal} did not come to socket ${i % sockets}.`);
    const { committedAt, askedAt } = known.get(keys[ordinal]!)!;
    sinceCommit[i] = arrived - committedAt;
    sinceAsked[i] = arrived - askedAt;
  }
  return { sinceCommit: distributionOf(sinceCommit), sinceAsked: distributionOf(sinceAsked) };
}

function distributionOf(values: Float64Array): Delays {
  values.sort();
  return { p50: percentile(values, 0.5), p99: percentile(values, 0.99), worst: percentile(values, 1) };
}
