import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress } from './client/client-messages.ts';
import type { Contender } from './contenders.ts';
import type { Child } from './processes/child.ts';
import { Pump } from './pump.ts';
import { countsOf, openSockets, untilArrived, type Wanted } from './sockets-of.ts';
import { forDeliveries, type Spent, spender } from './spent.ts';

/** One contender's turn of a round. */
export interface DeliveryRound {
  readonly perSecond: number;
  /** Seconds of processor time for 100,000 deliveries. */
  readonly spent: Spent;
  /** Calls under way when the round ended. */
  readonly window: number;
}

/** How long a turn takes. */
export interface Turn {
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

/**
 * Measures deliveries a second in the steady state.
 *
 * @throws Error when a message came to a socket not at all or twice, or a socket was lost
 */
export async function measureDeliveries(
  client: Child,
  contender: Contender,
  wanted: Wanted,
  { seconds, warmUpSeconds }: Turn,
  postmaster: number,
  stopped: AbortSignal,
): Promise<DeliveryRound> {
  await openSockets(client, contender, wanted, stopped);
  const pump = new Pump(wanted.sockets, (count) => contender.publish(count));
  client.onTold = (told) => pump.take(told as Progress);
  try {
    await sleep(warmUpSeconds * 1000, undefined, { signal: stopped });
    pump.check();
    const spent = await spender(contender, client, postmaster);
    const before = await countsOf(client, contender);
    await sleep(seconds * 1000, undefined, { signal: stopped });
    const after = await countsOf(client, contender);
    const used = await spent();
    await pump.stop();
    const deliveries = after.total - before.total;
    if (deliveries === 0) throw new Error(`${contender.name} delivered nothing.`);
    await checkAll(client, contender, pump.published);
    return {
      perSecond: (deliveries / (after.at - before.at)) * 1000,
      spent: forDeliveries(used, deliveries),
      window: pump.window,
    };
  } finally {
    client.onTold = () => {};
    await pump.stop().catch(() => undefined);
    await client.ask('close').catch(() => undefined);
  }
}

/** Each message must have come to each socket, once. */
async function checkAll(client: Child, contender: Contender, published: number): Promise<void> {
  const { least, most } = await untilArrived(client, contender, published);
  if (least === published && most === published) return;
  throw new Error(`${contender.name}: of ${published} messages ${least} came to one socket and ${most} to another.`);
}
