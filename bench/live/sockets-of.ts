import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientCounts } from './client/client-messages.ts';
import type { Contender } from './contenders.ts';
import { type Audience, type LiveMessage, QUERY } from './live-message.ts';
import type { Child } from './processes/child.ts';

const PROBES = 60;
const PROBE_MS = 300;
const QUIET_MS = 200;
/** Nothing having come for so long, nothing more will. */
const LOST_MS = 10_000;

/** Whose sockets to open, and what the peers' events are like. */
export interface Wanted {
  readonly audience: Audience;
  readonly sockets: number;
  readonly base: LiveMessage | undefined;
}

/** Opens sockets to a contender, and waits until an event comes to each of them. */
export async function openSockets(
  client: Child,
  contender: Contender,
  { audience, sockets, base }: Wanted,
  stopped: AbortSignal,
): Promise<void> {
  const tokens = await contender.admit(audience, sockets, base);
  await client.ask('open', { port: contender.port, query: QUERY, tokens });
  for (let probe = 0; probe < PROBES; probe += 1) {
    stopped.throwIfAborted();
    await contender.publish(1);
    await sleep(PROBE_MS);
    const counts = await countsOf(client, contender);
    if (counts.least > 0) {
      await untilQuiet(client, contender);
      await client.ask('reset');
      return;
    }
  }
  throw new Error(`${contender.name}: not every socket gets events.`);
}

/**
 * What came to the client.
 *
 * @throws Error when a socket was lost
 */
export async function countsOf(client: Child, { name }: Contender): Promise<ClientCounts> {
  const counts = await client.ask<ClientCounts>('counts');
  const lost = Object.entries(counts.lost).map(([why, count]) => `${count} sockets: ${why}`);
  if (lost.length > 0) throw new Error(`${name} lost ${lost.join('; ')}`);
  return counts;
}

/** Waits until so many messages have come to each socket, or nothing more comes; and then whether more come. */
export async function untilArrived(client: Child, contender: Contender, messages: number): Promise<ClientCounts> {
  let last = await countsOf(client, contender);
  let movedAt = last.at;
  while (last.least < messages && last.at - movedAt < LOST_MS) {
    await sleep(QUIET_MS);
    const counts = await countsOf(client, contender);
    if (counts.total !== last.total) movedAt = counts.at;
    last = counts;
  }
  return untilQuiet(client, contender);
}

async function untilQuiet(client: Child, contender: Contender): Promise<ClientCounts> {
  let last = await countsOf(client, contender);
  for (;;) {
    await sleep(QUIET_MS);
    const counts = await countsOf(client, contender);
    if (counts.total === last.total) return counts;
    last = counts;
  }
}
