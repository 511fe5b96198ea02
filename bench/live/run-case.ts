import { type Compared, compareMessages } from './compare-messages.ts';
import { CONTENDERS, type Contender, type ContenderName } from './contenders.ts';
import type { LiveDatabase } from './database/make-database.ts';
import type { Audience } from './live-message.ts';
import { type DelayRound, measureDelay } from './measure-delay.ts';
import { measureDeliveries } from './measure-deliveries.ts';
import { measureMemory } from './measure-memory.ts';
import type { CaseName, Options } from './options.ts';
import type { Child } from './processes/child.ts';
import type { RoundsOf, Summary } from './summary.ts';

/** Everybody who runs. */
export interface Stage {
  readonly database: LiveDatabase;
  readonly jwtSecret: string;
  /** The product first. */
  readonly contenders: readonly Contender[];
  readonly client: Child;
  readonly postmaster: number;
  readonly stopped: AbortSignal;
  readonly log: (line: string) => void;
}

/** Rounds of new processes: what they take differs little. */
const MEMORY_ROUNDS = 3;

/** Compares messages, then measures one case. */
export async function runCase(stage: Stage, name: CaseName, options: Options): Promise<Summary[]> {
  const audience: Audience = name === 'users' || name === 'scoped' ? name : 'equal';
  const compared = await compareMessages(stage.client, stage.contenders, audience);
  stage.log(`\nEqual messages: ${name}, ${compared.bytes} bytes`);
  if (name === 'memory') return [await memory(stage, options, compared)];
  if (name === 'delay') return [await delay(stage, options, compared)];
  const summaries: Summary[] = [];
  for (const sockets of name === 'equal' ? options.sockets : options.sockets.slice(0, 1)) {
    summaries.push(await deliveries(stage, options, compared, audience, sockets));
  }
  return summaries;
}

async function deliveries(
  { client, contenders, postmaster, stopped }: Stage,
  { rounds, turn }: Options,
  { base, bytes }: Compared,
  audience: Audience,
  sockets: number,
): Promise<Summary> {
  const wanted = { audience, sockets, base };
  const found = await inTurn(rounds, stopped, (name) =>
    measureDeliveries(client, named(contenders, name), wanted, turn, postmaster, stopped),
  );
  return { measured: 'deliveries', audience, sockets, bytes, rounds: found };
}

async function delay(
  { client, contenders, postmaster, stopped }: Stage,
  { rounds, turn, sockets, perSecond, together }: Options,
  { base }: Compared,
): Promise<Summary> {
  const failures: Partial<Record<ContenderName, string>> = {};
  const wanted = { audience: 'equal' as const, sockets: sockets[0]!, base };
  const pace = { perSecond, together, seconds: turn.seconds };
  const found = await inTurn<DelayRound>(rounds, stopped, async (name) => {
    if (failures[name] !== undefined) return undefined;
    try {
      return await measureDelay(client, named(contenders, name), wanted, pace, postmaster, stopped);
    } catch (error) {
      // Who does not keep up has no delay; the others have.
      stopped.throwIfAborted();
      failures[name] = (error as Error).message;
      return undefined;
    }
  });
  for (const name of Object.keys(failures) as ContenderName[]) found[name].length = 0;
  return { measured: 'delay', perSecond, sockets: wanted.sockets, failures, rounds: found };
}

async function memory(
  { database, jwtSecret, stopped }: Stage,
  { rounds, idle }: Options,
  { base }: Compared,
): Promise<Summary> {
  const wanted = { audience: 'equal' as const, sockets: idle, base };
  const found = await inTurn(Math.min(rounds, MEMORY_ROUNDS), stopped, async (name) =>
    // The same program as `ws`.
    name === 'ws in batches' ? undefined : measureMemory(name, database, jwtSecret, wanted, stopped),
  );
  return { measured: 'memory', idle, rounds: found };
}

const named = (contenders: readonly Contender[], name: ContenderName): Contender =>
  contenders.find((one) => one.name === name)!;

/** Measures everybody in turn, round by round, the order going on by one each round: what else the machine does meets all. */
async function inTurn<Round>(
  rounds: number,
  stopped: AbortSignal,
  measure: (name: ContenderName) => Promise<Round | undefined>,
): Promise<Record<ContenderName, Round[]>> {
  const found: Record<ContenderName, Round[]> = { product: [], 'graphql-ws': [], ws: [], 'ws in batches': [] };
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < CONTENDERS.length; turn += 1) {
      stopped.throwIfAborted();
      const name = CONTENDERS[(round + turn) % CONTENDERS.length]!;
      const measured = await measure(name);
      if (measured !== undefined) found[name].push(measured);
    }
  }
  return found satisfies RoundsOf<Round>;
}
