import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { BENCH } from '../shared/places.ts';
import { type Contender, type ContenderName, startContender } from './contenders.ts';
import type { LiveDatabase } from './database/make-database.ts';
import { QUERY } from './live-message.ts';
import { Child } from './processes/child.ts';
import { untilArrived, type Wanted } from './sockets-of.ts';

/** What one idle subscription takes of a server, in bytes. */
export interface MemoryRound {
  /** Of what the process holds of the machine's memory: growth by those counted. */
  readonly resident: number;
  /** The same by all of them, those before too: less, since a process holds memory that its start has left unused. */
  readonly residentOfAll: number;
  /** Of JavaScript's heap and what hangs on it outside. */
  readonly heap: number;
}

/** What a process holds, in bytes. */
interface Held {
  readonly resident: number;
  readonly heap: number;
}

/** Subscriptions that are there already, of those that are counted: they fill what a process holds and does not use. */
const BEFORE = 0.5;
const SETTLE_MS = 1_500;

/** Sockets that a server has at most while its memory is measured. */
export const mostSockets = (idle: number): number => idle + Math.ceil(idle * BEFORE);

/**
 * Measures by how much a new process grows while subscriptions are added that then do nothing, garbage collected before
 * and after.
 */
export async function measureMemory(
  name: ContenderName,
  database: LiveDatabase,
  jwtSecret: string,
  { audience, sockets, base }: Wanted,
  stopped: AbortSignal,
): Promise<MemoryRound> {
  await using parts = new AsyncDisposableStack();
  const contender = await startContender(name, database, jwtSecret, parts);
  const open = async (count: number) => {
    const client = new Child(['live/client/client.ts'], {}, BENCH);
    parts.defer(() => client.stop());
    const tokens = await contender.admit(audience, count, base);
    await client.ask('open', { port: contender.port, query: QUERY, tokens });
    await sleep(SETTLE_MS, undefined, { signal: stopped });
    return client;
  };
  const empty = await heldBy(contender.server);
  const first = await open(mostSockets(sockets) - sockets);
  const before = await heldBy(contender.server);
  const counted = await open(sockets);
  const after = await heldBy(contender.server);
  await contender.publish(1);
  for (const client of [first, counted]) await checkListening(client, contender);
  return {
    resident: (after.resident - before.resident) / sockets,
    residentOfAll: (after.resident - empty.resident) / mostSockets(sockets),
    heap: (after.heap - before.heap) / sockets,
  };
}

/** That what was measured are subscriptions: an event comes to each. */
async function checkListening(client: Child, contender: Contender): Promise<void> {
  const { least } = await untilArrived(client, contender, 1);
  if (least !== 1) throw new Error(`${contender.name}: not every idle subscription gets an event.`);
}

async function heldBy(server: Child): Promise<Held> {
  const { heapUsed, external } = await server.ask<NodeJS.MemoryUsage>('collect');
  return { resident: await residentOf(server.pid), heap: heapUsed + external };
}

/** @throws TypeError where the system does not tell: it is Linux that does */
async function residentOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const kilobytes = /^Rss:\s+(\d+) kB/m.exec(text)?.[1];
  if (kilobytes === undefined) throw new TypeError('The memory of a process can be read on Linux only.');
  return Number(kilobytes) * 1024;
}
