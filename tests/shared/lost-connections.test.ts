import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { Client, type Pool } from 'pg';
import { pino } from 'pino';
import { readConfig } from '../../src/config.js';
import { buildServer } from '../../src/server.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { Database } from '../../src/services/shared/database/database.js';
import { inSavepoint } from '../../src/services/shared/database/in-savepoint.js';
import { connectOrm } from '../../src/services/shared/database/orm.js';
import type { Work } from '../../src/services/shared/database/work.js';
import { FeedLog } from '../../src/services/shared/events/feed-log.js';
import { FeedFollower } from '../../src/services/shared/live/feed-follower.js';
import { recordMissedCalls } from '../live/burst-writer.js';
import { createDatabase } from '../support/database.js';
import { runStart, until } from '../support/load-process.js';
import { type Product, send, startProduct } from '../support/product.js';
import { signInUser, TEST_JWT_SECRET } from '../support/sign-ins.js';
import { StallableProxy } from '../support/stallable-proxy.js';

const actor = systemActor('test');
let product: Product;
let killer: Client;
let token: string;

beforeAll(async () => {
  product = await startProduct({ env: { READ_PLANS: 'on' } });
  // On another database: it ends all connections to the product's own.
  const url = new URL(product.databaseUrl);
  url.pathname = '/postgres';
  killer = new Client({ connectionString: url.href });
  await killer.connect();
  token = (await signInUser(product.database, { role: 'admin' })).token;
});
afterAll(async () => {
  await killer.end();
  await product.stop();
});

/** Ends all sessions on the product's database, as a restart of PostgreSQL does. */
const endSessions = () =>
  killer.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
    new URL(product.databaseUrl).pathname.slice(1),
  ]);

/** Ends the session that a use case runs on, and leaves it a moment to be seen. */
async function endOwnSession(work: Work): Promise<void> {
  const [row] = await work.rows(sql<{ pid: number }>`select pg_backend_pid() as pid`);
  await killer.query('select pg_terminate_backend($1)', [row!.pid]);
}

/** Connections that somebody holds: those of a use case that has ended are lost for good. */
const held = (pool: Pool) => pool.totalCount - pool.idleCount;

async function expectAnswers(): Promise<void> {
  await until(async () => held(product.database.pool) === 0, 'all connections of the pool');
  await until(async () => held(product.database.readPool) === 0, 'all connections for reads');
  expect((await fetch(`${product.url}/readyz`)).status).toBe(200);
  expect(await product.graphql('{ calls(first: 2) { nodes { id } } }', {}, token)).toMatchObject({ status: 200 });
  await product.database.transact(actor, (work) => work.rows(sql`select 1`));
}

describe('a transaction that the database cuts off', () => {
  const ways: Record<string, (work: Work) => Promise<unknown>> = {
    'before a statement': (work) => endOwnSession(work).then(() => work.rows(sql`select 1`)),
    'while a statement runs': (work) => work.rows(sql`select pg_terminate_backend(pg_backend_pid()), pg_sleep(5)`),
    'before its commit': endOwnSession,
    'in a savepoint': (work) => inSavepoint(work, endOwnSession),
    'long before its rollback': async (work) => {
      await endOwnSession(work);
      await sleep(30);
      throw new Error('refused');
    },
  };

  it.each(Object.entries(ways))('fails, and gives its connection back: %s', async (_way, run) => {
    const most = product.database.pool.options.max;
    for (let i = 0; i < 2 * most; i += 1) await expect(product.database.transact(actor, run)).rejects.toThrow();
    await expectAnswers();
  });

  it('leaves nothing behind under many at once, wherever it hits them', async () => {
    let open = true;
    let done = 0;
    const write = async () => {
      while (open) {
        await product.database
          .transact(actor, (work) => work.rows(sql`select pg_sleep(0.001)`))
          .then(
            () => (done += 1),
            () => sleep(1),
          );
      }
    };
    const writers = Array.from({ length: 15 }, write);
    for (let round = 0; round < 20; round += 1) {
      await sleep(40);
      await endSessions();
    }
    open = false;
    await Promise.all(writers);
    expect(done).toBeGreaterThan(0);
    await expectAnswers();
  });

  it('is run again when it failed for another that it ran against, on any connection', async () => {
    let attempts = 0;
    const result = await product.database.transact(actor, async (work) => {
      attempts += 1;
      if (attempts < 3) await work.rows(sql`do $$ begin raise exception using errcode = '40001'; end $$`);
      return 'done';
    });
    expect([result, attempts]).toEqual(['done', 3]);
    await expectAnswers();
  });
});

describe('a process whose database sessions are ended again and again', () => {
  it('lives, and answers after it', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'switchboard-lost-'));
    const child = runStart({
      DATA_DIR: dataDir,
      DATABASE_URL: product.databaseUrl,
      JWT_SECRET: TEST_JWT_SECRET,
      DEMO: '0',
      SOCKET_FAREWELL_SECONDS: '0',
      LOG_LEVEL: 'fatal',
    });
    try {
      const url = await addressOf(child.output);
      let open = true;
      const read = async (i: number) => {
        const query = `{ calls(first: ${i + 2}) { nodes { id startedAt } } }`;
        while (open) await send(url, query, {}, token).catch(() => sleep(5));
      };
      const readers = Array.from({ length: 8 }, (_, i) => read(i));
      for (let round = 0; round < 25; round += 1) {
        await sleep(60);
        await endSessions();
      }
      open = false;
      await Promise.all(readers);
      await until(async () => (await fetch(`${url}/readyz`)).status === 200, 'the process to be ready');
      expect(await send(url, '{ calls(first: 2) { nodes { id } } }', {}, token)).toMatchObject({ errors: undefined });
      child.terminate();
      expect(await child.ended).toMatchObject({ code: 0, errors: '' });
    } finally {
      child.kill();
      await child.ended;
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});

describe('a database that falls silent', () => {
  it('is told of by /readyz in time, and does not hold up the end of the process', async () => {
    const silent = await createDatabase();
    const proxy = await StallableProxy.to(silent.url);
    const dataDir = await mkdtemp(join(tmpdir(), 'switchboard-silent-'));
    try {
      const config = readConfig({ DEMO: '0', DATA_DIR: dataDir, SOCKET_FAREWELL_SECONDS: '0' });
      const parts = { databaseUrl: proxy.url, jwtSecret: TEST_JWT_SECRET, logger: pino({ level: 'silent' }) };
      const server = await buildServer(config, parts);
      const url = await server.app.listen({ port: 0, host: '127.0.0.1' });
      server.markReady();
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
      const cutOff = server.house.database.transact(actor, async (work) => {
        await work.rows(sql`select 1`);
        proxy.stall();
        await work.rows(sql`select 1`);
      });
      const failed = expect(cutOff).rejects.toThrow();
      await sleep(50);
      expect(await timed(() => fetch(`${url}/readyz`).then(({ status }) => status))).toEqual({
        result: 503,
        soon: true,
      });
      const request = send(url, '{ me { __typename } }', {}, token).catch(() => undefined);
      expect(await timed(() => server.close(), 15_000)).toMatchObject({ soon: true });
      await failed;
      await request;
    } finally {
      await proxy.close();
      await silent.drop();
      await rm(dataDir, { recursive: true, force: true });
    }
  }, 30_000);
});

describe('a feed whose connections fall silent', () => {
  it('goes on over new ones', async () => {
    const proxy = await StallableProxy.to(product.databaseUrl);
    const database = await openOver(proxy.url);
    const feed = new FeedFollower(new FeedLog(database), proxy.url, () => undefined);
    try {
      let got = 0;
      feed.handTo({
        listening: true,
        take: async (events) => {
          got += events.length;
        },
        miss: async () => undefined,
        rest: () => undefined,
      });
      await feed.start();
      await feed.begin();
      await recordMissedCalls(product.database, 1);
      await until(async () => got > 0, 'the first events');
      const [before, listeners] = [got, await countListeners()];
      proxy.strand();
      await recordMissedCalls(product.database, 1);
      await until(async () => got > before, 'the events after it');
      // The server does not know yet that the old one is gone.
      await until(async () => (await countListeners()) > listeners, 'a new connection for signals');
    } finally {
      await proxy.close();
      await feed.stop();
      await database.close();
    }
  });
});

/** The product's database by another way. */
async function openOver(url: string): Promise<Database> {
  return Database.over(await connectOrm(url, 4), product.database.settings, product.database.clock);
}

/** How many sessions the database takes for those that wait for signals. */
async function countListeners(): Promise<number> {
  const { rows } = await killer.query<{ count: number }>(
    `select count(*)::int from pg_stat_activity where datname = $1 and application_name = 'switchboard-feed'`,
    [new URL(product.databaseUrl).pathname.slice(1)],
  );
  return rows[0]!.count;
}

/** What a task gives, and whether it took no longer than so many milliseconds. */
async function timed<Result>(task: () => Promise<Result>, millis = 2_200) {
  const begun = performance.now();
  const result = await task();
  return { result, soon: performance.now() - begun < millis };
}

async function addressOf(output: () => string): Promise<string> {
  const printed = () => /answers at (http:\S+)\/graphql/.exec(output())?.[1];
  await until(async () => printed() !== undefined, 'the process to answer');
  return printed()!;
}
