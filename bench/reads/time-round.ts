import autocannon from 'autocannon';
import type { Target } from '../shared/ask.ts';
import { percentile } from '../shared/statistics.ts';

/** What came of a round. */
export interface Round {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly requests: number;
}

/** How a round is run. */
export interface RoundLength {
  readonly connections: number;
  readonly seconds: number;
}

const SAMPLE_MS = 50;

/**
 * Asks over some connections at once, each going through the requests from another place on, for some seconds.
 *
 * @throws Error when any answer is no success: another status than 200, or errors of GraphQL
 */
export async function timeRound(
  target: Target,
  bodies: readonly string[],
  { connections, seconds }: RoundLength,
): Promise<Round> {
  const requests = bodies.map((body) => ({ body }));
  let next = 0;
  let wrong: string | undefined;
  const took: number[] = [];
  const done = Promise.withResolvers<autocannon.Result>();
  const options: autocannon.Options = {
    url: target.url,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...target.headers },
    connections,
    duration: seconds,
    sampleInt: SAMPLE_MS,
    requests,
    setupClient: (client) => {
      const start = Math.floor((next++ * requests.length) / connections);
      client.setRequests([...requests.slice(start), ...requests.slice(0, start)].map((request) => ({ ...request })));
    },
    verifyBody: (body) => {
      const right = String(body).startsWith('{"data":{') && !String(body).includes('"errors":');
      if (!right) wrong ??= String(body).slice(0, 1000);
      return right;
    },
  };
  const run = autocannon(options, (error: Error | null, result) => {
    if (error) done.reject(error);
    else done.resolve(result);
  });
  let started = performance.now();
  let ended = started;
  run.on('start', () => {
    started = performance.now();
  });
  run.on('response', (_client, _status, _bytes, milliseconds) => {
    took.push(milliseconds);
    ended = performance.now();
  });
  const result = await done.promise;
  const failed = result.non2xx + result.errors + result.timeouts + result.mismatches;
  if (failed > 0) throw new Error(`${failed} requests of ${target.url} failed: ${wrong ?? JSON.stringify(result)}`);
  const sorted = Float64Array.from(took).sort();
  return {
    perSecond: (took.length * 1000) / (ended - started),
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    requests: took.length,
  };
}
