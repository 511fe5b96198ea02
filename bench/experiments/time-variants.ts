import { type Round, timeRound } from '../reads/time-round.ts';
import { parentOf, processorSeconds, processorSecondsOfSessions } from '../shared/processor-time.ts';
import type { RunningVariants } from './start-variants.ts';
import type { VariantName } from './variants.ts';

/** How each is timed. */
export interface Schedule {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly connections: number;
}

/** A round with the processor time of one request, in milliseconds. */
export interface VariantRound extends Round {
  readonly serverMs: number;
  readonly postgresMs: number;
}

export type VariantRounds = ReadonlyMap<VariantName, readonly VariantRound[]>;

/**
 * Times all in turn, round by round, the order going on by one each round.
 *
 * @param backend any session of the PostgreSQL server
 */
export async function timeVariants(
  variants: RunningVariants,
  names: readonly VariantName[],
  bodies: readonly string[],
  { rounds, seconds, warmUpSeconds, connections }: Schedule,
  backend: number,
  stopped: AbortSignal,
): Promise<VariantRounds> {
  const postmaster = await parentOf(backend);
  const timed = new Map<VariantName, VariantRound[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      stopped.throwIfAborted();
      const name = names[(round + turn) % names.length]!;
      const { pid } = variants.processOf(name);
      const target = await variants.targetOf(name);
      const spent = async () => ({
        server: await processorSeconds(pid),
        postgres: await processorSecondsOfSessions(postmaster),
      });
      await timeRound(target, bodies, { connections, seconds: warmUpSeconds });
      const before = await spent();
      const found = await timeRound(target, bodies, { connections, seconds });
      const after = await spent();
      timed.get(name)!.push({
        ...found,
        serverMs: ((after.server - before.server) * 1000) / found.requests,
        postgresMs: ((after.postgres - before.postgres) * 1000) / found.requests,
      });
    }
  }
  return timed;
}
