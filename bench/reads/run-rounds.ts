import { parentOf, processorSeconds, processorSecondsOfSessions } from '../shared/processor-time.ts';
import type { Contenders } from './contenders.ts';
import type { Entry, EntryName } from './entries.ts';
import { type Round, timeRound } from './time-round.ts';

/** How a workload is timed. */
export interface Schedule {
  readonly rounds: number;
  /** Of each entry in each round. */
  readonly seconds: number;
  /** Before each, not counted. */
  readonly warmUpSeconds: number;
  readonly connections: number;
}

/** A round with the processor time that a request took, in milliseconds. */
export interface CountedRound extends Round {
  readonly serverMs: number;
  readonly postgresMs: number;
  /** Of whoever asks: it runs on the same machine, and takes its time from the others. */
  readonly clientMs: number;
}

/** The rounds of one entry, in their order. */
export type Rounds = Readonly<Partial<Record<EntryName, readonly CountedRound[]>>>;

/**
 * Times everybody in turn, round by round, the order going on by one each round: whatever else the machine does meets
 * all of them.
 *
 * @param backend any session of the PostgreSQL server
 */
export async function runRounds(
  contenders: Contenders,
  entries: readonly Entry[],
  schedule: Schedule,
  backend: number,
  stopped: AbortSignal,
): Promise<Rounds> {
  const postmaster = await parentOf(backend);
  const rounds: Partial<Record<EntryName, CountedRound[]>> = {};
  for (let round = 0; round < schedule.rounds; round += 1) {
    for (let turn = 0; turn < entries.length; turn += 1) {
      stopped.throwIfAborted();
      const { name, bodies } = entries[(round + turn) % entries.length]!;
      const target = await contenders.targetOf(name);
      const { connections, seconds, warmUpSeconds } = schedule;
      await timeRound(target, bodies, { connections, seconds: warmUpSeconds });
      const spent = await spender(contenders.processOf(name).pid, postmaster);
      const timed = await timeRound(target, bodies, { connections, seconds });
      const { server, postgres, client } = await spent();
      const counted: CountedRound = {
        ...timed,
        serverMs: (server * 1000) / timed.requests,
        postgresMs: (postgres * 1000) / timed.requests,
        clientMs: (client * 1000) / timed.requests,
      };
      rounds[name] = [...(rounds[name] ?? []), counted];
    }
  }
  return rounds;
}

/** Tells, when asked, what seconds of processor time a server, PostgreSQL and this process have used since. */
async function spender(pid: number, postmaster: number) {
  const count = async () => ({
    server: await processorSeconds(pid),
    postgres: await processorSecondsOfSessions(postmaster),
    client: await processorSeconds(process.pid),
  });
  const before = await count();
  return async () => {
    const after = await count();
    return {
      server: after.server - before.server,
      postgres: after.postgres - before.postgres,
      client: after.client - before.client,
    };
  };
}
