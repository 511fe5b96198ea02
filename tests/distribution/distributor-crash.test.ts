import type { ChildProcess } from 'node:child_process';
import { sql } from 'kysely';
import { decodeId } from '../../src/services/shared/ids/global-id.js';
import { runStart, type StartProcess, until } from '../support/load-process.js';
import { TEST_JWT_SECRET } from '../support/sign-ins.js';
import { killProcess, runDistributor } from './distribute-process.js';
import { DistributionSetting } from './setting.js';

let setting: DistributionSetting;
const processes: ChildProcess[] = [];
const started: StartProcess[] = [];

beforeEach(async () => {
  setting = await DistributionSetting.start();
});
afterEach(async () => {
  await Promise.all(processes.splice(0).map(killProcess));
  for (const one of started.splice(0)) {
    one.kill();
    await one.ended;
  }
  await setting.check();
  await setting.stop();
});

/** Starts a process that distributes. */
async function run(): Promise<ChildProcess> {
  const child = await runDistributor(setting.product.databaseUrl);
  processes.push(child);
  return child;
}

/** One operator who has as much as they may, and an inquiry that waits for them. */
async function full() {
  const operator = await setting.operator({ maxLoad: 1 });
  const source = await setting.source([operator]);
  const [held, waiting] = await setting.registerMany(2, source);
  return { operator, source, held: held!, waiting: waiting! };
}

/** How many inquiries have been given to somebody. */
async function assigned(): Promise<number> {
  const [row] = await setting.database.rows(sql<{ count: number }>`select count(*)::integer as count from assignment`);
  return row!.count;
}

/** Waits until a transaction waits for another to end; gives the process of its session. */
async function untilBlocked(): Promise<number> {
  const blocked = async () =>
    setting.database.rows(
      sql<{ pid: number }>`select pid from pg_locks join pg_stat_activity a using (pid)
        where not granted and locktype = 'transactionid' and a.datname = current_database()`,
    );
  await until(async () => (await blocked()).length > 0, 'a transaction that waits for another');
  return (await blocked())[0]!.pid;
}

/** Waits until a session has ended. */
const untilEnded = (pid: number) =>
  until(async () => {
    const rows = await setting.database.rows(sql`select from pg_stat_activity where pid = ${pid}`);
    return rows.length === 0;
  }, 'the end of a session');

describe('when a process is killed', () => {
  it('before it could hand out what it was told of, another one that runs does it', async () => {
    const { operator, held, waiting } = await full();
    const [killed] = [await run(), await run()];
    killed!.kill('SIGSTOP');
    await setting.end(held);
    await killProcess(killed!);
    expect(await setting.untilAssigned(waiting)).toBe(operator.id);
  });

  it('and no other runs, the next one that is started does what was left', async () => {
    const { operator, held, waiting } = await full();
    const killed = await run();
    killed.kill('SIGSTOP');
    await setting.end(held);
    await killProcess(killed);
    expect(await setting.operatorsOf(waiting)).toEqual([null]);
    await run();
    expect(await setting.untilAssigned(waiting)).toBe(operator.id);
  });

  it('between its commit and the signal that tells others of it, they find what it left', async () => {
    const { operator, held, waiting } = await full();
    await run();
    // What a process does that dies at once after its commit.
    setting.database.onCommittedEvents = () => undefined;
    await setting.end(held);
    expect(await setting.untilAssigned(waiting)).toBe(operator.id);
  });

  it('in the midst of handing out, nothing of that is left, and another one does it', async () => {
    const operator = await setting.operator();
    const source = await setting.source([]);
    const waiting = await setting.register(source);
    const killed = await run();
    const holder = await setting.database.pool.connect();
    await holder.query('begin');
    await holder.query('select from operator where id = $1 for no key update', [operator.id]);
    await setting.database.rows(sql`
      insert into source_weight (source_id, operator_id, weight)
      values (${decodeId(source)!.key}, ${operator.id}, 1)`);
    const session = await untilBlocked();
    await killProcess(killed);
    await holder.query('commit');
    holder.release();
    await untilEnded(session);
    expect(await setting.inquiry(waiting)).toMatchObject({ operator_id: null, version: 1 });
    await run();
    expect(await setting.untilAssigned(waiting)).toBe(operator.id);
  });

  it('at any moment of a backlog, each inquiry goes to one operator, and none is forgotten', async () => {
    const source = await setting.source([]);
    const operators = await Promise.all(Array.from({ length: 5 }, () => setting.operator({ maxLoad: 60 })));
    const inquiries = await setting.registerMany(250, source);
    for (const operator of operators) await setting.weigh(source, operator, '1');
    for (let n = 0; n < 4; n += 1) {
      const before = await assigned();
      const killed = await run();
      await until(async () => (await assigned()) > before, 'something that is handed out');
      await killProcess(killed);
    }
    await run();
    await until(async () => (await assigned()) === inquiries.length, 'all of them');
    expect((await setting.operatorsOf(...inquiries)).every((one) => one !== null)).toBe(true);
  });
});

it('the product distributes as it is started, on each of its nodes', async () => {
  const { operator, held, waiting } = await full();
  const env = {
    DATABASE_URL: setting.product.databaseUrl,
    DATA_DIR: setting.product.dataDir,
    JWT_SECRET: TEST_JWT_SECRET,
    DEMO: '0',
    LOG_LEVEL: 'warn',
  };
  for (let n = 0; n < 2; n += 1) started.push(runStart(env));
  for (const one of started) await until(async () => one.output().includes('answers at'), 'a node that answers');
  const [killed] = started;
  killed!.kill();
  await killed!.ended;
  await setting.end(held);
  expect(await setting.untilAssigned(waiting)).toBe(operator.id);
  const [other] = started.slice(1);
  other!.terminate();
  expect(await other!.ended).toMatchObject({ code: 0, errors: '' });
});
