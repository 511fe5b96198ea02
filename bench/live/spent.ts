import { processorSeconds, processorSecondsOfSessions } from '../shared/processor-time.ts';
import type { Contender } from './contenders.ts';
import type { Child } from './processes/child.ts';

/** Seconds of processor time. */
export interface Spent {
  readonly server: number;
  readonly postgres: number;
  readonly client: number;
  /** Of whoever commits the calls, beside the server. */
  readonly writer: number;
}

/** What is counted is small: figures are for so many deliveries. */
const PER = 100_000;

/** What was used, for 100,000 deliveries. */
export function forDeliveries({ server, postgres, client, writer }: Spent, deliveries: number): Spent {
  const by = PER / deliveries;
  return { server: server * by, postgres: postgres * by, client: client * by, writer: writer * by };
}

/** What everybody has used so far. */
async function used({ server, writer }: Contender, client: Child, postmaster: number): Promise<Spent> {
  return {
    server: await processorSeconds(server.pid),
    postgres: await processorSecondsOfSessions(postmaster),
    client: await processorSeconds(client.pid),
    writer: writer ? await processorSeconds(writer.pid) : 0,
  };
}

/** Tells, when asked, what has been used since. */
export async function spender(contender: Contender, client: Child, postmaster: number): Promise<() => Promise<Spent>> {
  const before = await used(contender, client, postmaster);
  return async () => {
    const after = await used(contender, client, postmaster);
    return {
      server: after.server - before.server,
      postgres: after.postgres - before.postgres,
      client: after.client - before.client,
      writer: after.writer - before.writer,
    };
  };
}
