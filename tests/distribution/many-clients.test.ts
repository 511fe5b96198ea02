import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { decodeId } from '../../src/services/shared/ids/global-id.js';
import { distributionFaults } from '../support/distribution-checks.js';
import { startTestDistributor } from '../support/distributor.js';
import { Draw } from '../support/draw.js';
import { storyFaults } from '../support/inquiry-stories.js';
import { LoadWatch } from '../support/load-watch.js';
import { type Product, startProduct } from '../support/product.js';
import { ask, type Crowd, gather } from './crowd.js';
import { type Client, hands, intake, managing, workOf } from './crowd-clients.js';

/** `CROWD_SECONDS` is for how long clients work, where a minute is too long; `CROWD_SEED` what they draw from. */
const { CROWD_SECONDS = '60', CROWD_SEED = '20260907' } = process.env;
const SECONDS = Number(CROWD_SECONDS);
/** SQLSTATE. */
const LOCK_TIMEOUT = '55P03';
const SEED = Number(CROWD_SEED);
/** They make 64: of the others each has the work of an operator. */
const CLIENTS = 64;
const INTAKES = 24;
const HANDS = 8;
/** Beside them. */
const MANAGERS = 4;
/** How long it may take until nothing is under way, on a machine that does much else; in milliseconds. */
const REST_MS = 120_000;
const CONNECTIONS = '24';

let product: Product;

beforeAll(async () => {
  product = await startProduct({ env: { READ_PLANS: 'on', DATABASE_POOL_SIZE: CONNECTIONS } });
});
afterAll(() => product?.stop());

/** Has all clients work side by side until the time is over; gives what each failed with. */
async function workAll(crowd: Crowd, watch: LoadWatch): Promise<unknown[]> {
  const clients: Client[] = Array.from({ length: CLIENTS }, (_, n) => {
    if (n < INTAKES) return intake;
    return n < INTAKES + HANDS ? hands : workOf(crowd.operators[n % crowd.operators.length]!);
  });
  clients.push(...Array.from({ length: MANAGERS }, () => managing));
  const end = performance.now() + SECONDS * 1_000;
  const outcomes = await Promise.allSettled(
    clients.map(async (client, n) => {
      const draw = new Draw(SEED, n);
      while (performance.now() < end) await client(crowd, draw, watch.waiting);
    }),
  );
  return outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
}

/** Has nothing reserved any more, and waits until nothing is offered and nobody waits whom somebody could take. */
async function comeToRest(crowd: Crowd): Promise<void> {
  for (const sourceId of crowd.sources) {
    await ask(crowd, 'changeSource', { sourceId, acceptWithinSeconds: null }, 'source { id }');
  }
  const deadline = Date.now() + REST_MS;
  while (Date.now() < deadline) {
    const [row] = await product.database.rows(sql<{ offered: boolean }>`
      select exists (select from inquiry where accept_by is not null) as offered`);
    if (!row!.offered && (await distributionFaults(product.database)).length === 0) return;
    await sleep(200);
  }
}

/** Those who were over their limit without its having been lowered from as many as they had to fewer. */
async function neverLowered(watch: LoadWatch): Promise<string[]> {
  const lowered = await product.database.rows(sql<{ id: string; version: number; before: number; after: number }>`
    select subject_id as id, subject_version as version, (before ->> 'maxLoad')::integer as before,
      (after ->> 'maxLoad')::integer as after
    from change_record where subject_kind = 'Operator' and before ? 'maxLoad'`);
  const isExcused = ({ id, version, load }: { id: string; version: number; load: number }) =>
    lowered.some((one) => one.id === id && one.version <= version && one.before >= load && one.after < load);
  return [...watch.over.values()]
    .filter((seen) => !isExcused(seen))
    .map(({ id, load, max_load }) => `operator ${id} had ${load} of ${max_load}`);
}

/** Keys of all inquiries that there are. */
async function inquiryKeys(): Promise<Set<string>> {
  const rows = await product.database.rows(sql<{ id: string }>`select id from inquiry`);
  return new Set(rows.map(({ id }) => id));
}

it(
  '64 clients side by side lift no load over its limit, and lose no inquiry',
  async () => {
    const crowd = await gather(product, new Draw(SEED));
    expect(crowd.faults).toEqual([]);
    const distributor = await startTestDistributor(product);
    const watch = await LoadWatch.start(product.databaseUrl);
    const failed = await workAll(crowd, watch)
      .finally(() => comeToRest(crowd))
      .finally(() => Promise.all([watch.stop(), distributor.stop()]));
    expect(failed).toEqual([]);
    expect(crowd.faults).toEqual([]);
    // A row that the crowd holds for long is not waited for in vain: what is to be done is done at the next look.
    expect(distributor.failures.filter((error) => (error as { code?: string }).code !== LOCK_TIMEOUT)).toEqual([]);
    // At every instant that was looked at, and by what the log tells of all others.
    expect(watch.faults).toEqual([]);
    expect(await neverLowered(watch)).toEqual([]);
    expect(await distributionFaults(product.database)).toEqual([]);
    expect(await storyFaults(product.database)).toEqual([]);
    expect(await inquiryKeys()).toEqual(new Set(crowd.inquiries.map((id) => decodeId(id)!.key)));
    expect(new Set(crowd.inquiries).size).toBe(crowd.inquiries.length);
    // It was no idle minute.
    for (const name of ['registerInquiry', 'changeInquiryStatus', 'assignInquiry', 'changeOperatorLimit']) {
      expect(crowd.outcomes.get(`${name} done`)).toBeGreaterThan(0);
    }
  },
  (SECONDS + 180) * 1_000 + REST_MS,
);
