import autocannon from 'autocannon';
import type { Target } from '../shared/ask.ts';
import { percentile } from '../shared/statistics.ts';

/** What a client sends, and what it is told. */
export const MUTATION = `mutation ($input: RegisterInquiryInput!) {
  registerInquiry(input: $input) {
    inquiry { id status lead { id } operator { id } }
    errors { code message }
  }
}`;

/** What came of a round. */
export interface ProductRound {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly inquiries: number;
}

let run = 0;

/**
 * Registers inquiries over some connections at once, each of a person who is nobody yet.
 *
 * @param until so many seconds, or so many inquiries
 * @throws Error when any was not registered and assigned
 */
export async function timeProduct(
  target: Target,
  source: string,
  clients: number,
  until: { readonly seconds: number } | { readonly inquiries: number },
): Promise<ProductRound> {
  run += 1;
  let next = 0;
  let wrong: string | undefined;
  const took: number[] = [];
  const body = () => {
    next += 1;
    const person = `${run}-${process.pid}-${next}`;
    const phone = `+79${String((run * 7_000_003 + next) % 1_000_000_000).padStart(9, '0')}`;
    const input = {
      source,
      externalId: person,
      phone,
      name: 'Анна',
      message: 'Хочу узнать о продукте',
      idempotencyKey: person,
    };
    return JSON.stringify({ query: MUTATION, variables: { input } });
  };
  const options: autocannon.Options = {
    url: target.url,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...target.headers },
    connections: clients,
    ...('seconds' in until ? { duration: until.seconds } : { amount: until.inquiries }),
    requests: [{ setupRequest: (request) => ({ ...request, body: body() }) }],
    verifyBody: (answer) => {
      const right = String(answer).includes('"operator":{') && String(answer).includes('"errors":[]');
      if (!right) wrong ??= String(answer).slice(0, 1000);
      return right;
    },
  };
  const done = Promise.withResolvers<autocannon.Result>();
  const instance = autocannon(options, (error: Error | null, result) =>
    error ? done.reject(error) : done.resolve(result),
  );
  const started = performance.now();
  let ended = started;
  instance.on('response', (_client, _status, _bytes, milliseconds) => {
    took.push(milliseconds);
    ended = performance.now();
  });
  const result = await done.promise;
  const failed = result.non2xx + result.errors + result.timeouts + result.mismatches;
  if (failed > 0) throw new Error(`${failed} inquiries failed: ${wrong ?? JSON.stringify(result)}`);
  const sorted = Float64Array.from(took).sort();
  return {
    perSecond: (took.length * 1000) / (ended - started),
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    inquiries: took.length,
  };
}
