import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { pino } from 'pino';
import { startDistributor } from '../../src/services/distribution/distributor.js';
import { systemDraws } from '../../src/services/distribution/draws.js';
import { BackgroundFailures } from '../../src/services/shared/database/background-failures.js';
import { Database } from '../../src/services/shared/database/database.js';
import { connectOrm } from '../../src/services/shared/database/orm.js';
import { CuttableProxy } from '../support/cuttable-proxy.js';
import { until } from '../support/load-process.js';
import { DistributionSetting } from './setting.js';

const BACKLOG = 500;

let setting: DistributionSetting;

beforeEach(async () => {
  setting = await DistributionSetting.start();
});
afterEach(async () => {
  await setting.check();
  await setting.stop();
});

/** How many inquiries wait. */
async function waiting(): Promise<number> {
  const [row] = await setting.database.rows(sql<{ count: number }>`
    select count(*)::integer as count from inquiry where status = 'ACTIVE' and operator_id is null`);
  return row!.count;
}

/** The database by another way, with connections of its own. */
async function openAnother(url: string): Promise<Database> {
  const { settings, clock } = setting.database;
  return Database.over(await connectOrm(url, 4), settings, clock);
}

describe('several processes that distribute', () => {
  it('give each inquiry of a backlog to one operator, the oldest first, and none over a limit', async () => {
    const source = await setting.source([]);
    const inquiries = await setting.registerMany(BACKLOG, source);
    for (let n = 0; n < 10; n += 1) await setting.weigh(source, await setting.operator({ maxLoad: 40 + n }), '1');
    const another = await openAnother(setting.product.databaseUrl);
    await setting.distribute();
    await setting.distribute({ database: another });
    const room = 10 * 40 + 45;
    await until(async () => (await waiting()) === BACKLOG - room, 'all that there is room for');
    await sleep(200);
    expect(await waiting()).toBe(BACKLOG - room);
    const rows = await setting.database.rows(
      sql<{ inquiry_id: string }>`select inquiry_id from assignment order by id`,
    );
    expect(rows.map(({ inquiry_id }) => inquiry_id)).toEqual(inquiries.slice(0, room));
    await setting.rest();
    await another.close();
  });

  it('give out what comes and goes while all of them work', async () => {
    const operators = await Promise.all(Array.from({ length: 6 }, () => setting.operator({ maxLoad: 3 })));
    const sources = [await setting.source(operators.slice(0, 4)), await setting.source(operators.slice(2))];
    const another = await openAnother(setting.product.databaseUrl);
    await setting.distribute();
    await setting.distribute({ database: another });
    const work = async (source: string) => {
      for (let n = 0; n < 40; n += 1) {
        const inquiry = await setting.register(source);
        if (n % 4 === 0) await setting.untilAssigned(inquiry);
        await setting.end(inquiry);
      }
    };
    await Promise.all([...sources, ...sources].map(work));
    const last = await setting.registerMany(30, sources[0]!);
    await until(async () => (await setting.operatorsOf(...last)).filter((one) => one !== null).length === 12, 'full');
    await setting.rest();
    await another.close();
  });
});

describe('a process that distributes', () => {
  it('takes from operators what they have open whose users are not active any more', async () => {
    const [first, second] = [await setting.operator(), await setting.operator()];
    const source = await setting.source([first]);
    const inquiry = await setting.register(source);
    await setting.weigh(source, second, '1');
    await setting.database.rows(sql`update app_user set active = false where id = ${first.actor.userId}`);
    await setting.distribute({ pollMs: 100 });
    await until(async () => (await setting.inquiry(inquiry)).operator_id === second.id, 'the other operator');
  });

  it('does the other things when one fails, tells of it, and tries that again', async () => {
    const operator = await setting.operator({ maxLoad: 1 });
    const offered = await setting.register(await setting.source([operator], { acceptWithinSeconds: 10 }));
    const due = await setting.register(await setting.source([], { answerWithinSeconds: 10 }));
    await setting.database.rows(sql`alter function distribution.release rename to release_away`);
    const failures: unknown[] = [];
    const distributor = await startDistributor(setting.database, systemDraws, (error) => failures.push(error));
    try {
      setting.advance(11_000);
      distributor.wake();
      await until(async () => (await setting.eventsOf(due)).includes('inquiry.answer-overdue'), 'the breach');
      expect(failures.map(String).join()).toMatch(/distribution\.release/);
      expect(failures.length).toBeLessThan(10);
      await setting.database.rows(sql`alter function distribution.release_away rename to release`);
      await until(async () => (await setting.inquiry(offered)).passes === 1, 'the offer’s end');
      await setting.untilAssigned(offered);
    } finally {
      await distributor.stop();
    }
  });

  it('goes on when PostgreSQL is back, with what was to be done meanwhile, and tells of it twice', async () => {
    const operator = await setting.operator({ maxLoad: 1 });
    const source = await setting.source([operator]);
    const [held, second, third] = await setting.registerMany(3, source);
    const proxy = await CuttableProxy.to(setting.product.databaseUrl);
    const database = await openAnother(proxy.url);
    const lines: string[] = [];
    const logger = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line).msg) });
    const failures = new BackgroundFailures('distribution', database.pool, logger);
    const distributor = await startDistributor(database, systemDraws, failures.report);
    try {
      await setting.end(held!);
      await setting.untilAssigned(second!);
      await proxy.cut();
      await setting.end(second!);
      await sleep(1_500);
      expect(await setting.operatorsOf(third!)).toEqual([null]);
      await proxy.mend();
      await setting.untilAssigned(third!);
      await until(async () => lines.length >= 2, 'the end of the outage');
      expect(lines).toEqual([
        expect.stringContaining('the connection to PostgreSQL is lost'),
        'distribution: PostgreSQL answers again',
      ]);
    } finally {
      await distributor.stop();
      failures.stop();
      await database.close();
      await proxy.cut();
    }
  });

  it('goes past an inquiry that somebody holds, and comes back to it, though nobody tells', async () => {
    const operator = await setting.operator({ maxLoad: 1 });
    const source = await setting.source([operator]);
    const [held, first, second] = await setting.registerMany(3, source);
    const distributor = await setting.distribute();
    const holder = await setting.database.pool.connect();
    await holder.query('begin');
    await holder.query('select from inquiry where id = $1 for update', [first]);
    await setting.end(held!);
    expect(await setting.untilAssigned(second!)).toBe(operator.id);
    await setting.database.rows(sql`update operator set max_load = 2 where id = ${operator.id}`);
    distributor.wake();
    // Long enough that nothing of what happened wakes it any more.
    await sleep(1_000);
    expect(await setting.operatorsOf(first!)).toEqual([null]);
    await holder.query('rollback');
    holder.release();
    expect(await setting.untilAssigned(first!)).toBe(operator.id);
  });

  it('does next to nothing while nobody waits and nothing is due', async () => {
    await setting.source([await setting.operator()]);
    let statements = 0;
    const { pool } = setting.database;
    const query = pool.query.bind(pool);
    let transactions = 0;
    const connect = pool.connect.bind(pool);
    pool.query = ((...args: Parameters<typeof query>) => {
      statements += 1;
      return query(...args);
    }) as typeof pool.query;
    pool.connect = ((...args: Parameters<typeof connect>) => {
      transactions += 1;
      return connect(...args);
    }) as typeof pool.connect;
    const distributor = await setting.distribute();
    const began = performance.now();
    for (let n = 0; n < 20; n += 1) {
      distributor.wake();
      await sleep(25);
    }
    const seconds = (performance.now() - began) / 1_000;
    // pg's pool connects for a query as it does for a transaction.
    expect(transactions - statements).toBe(0);
    // A look for each wake, and what it looks for by itself five times and once a second.
    expect(statements).toBeLessThan(25 + 8 * seconds);
  });
});
