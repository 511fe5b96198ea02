import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { startWebhookDispatcher } from '../../src/services/integrations/webhooks/dispatcher.js';
import { Webhooks } from '../../src/services/integrations/webhooks/webhooks.js';
import { BackgroundFailures } from '../../src/services/shared/database/background-failures.js';
import { Database } from '../../src/services/shared/database/database.js';
import { connectOrm } from '../../src/services/shared/database/orm.js';
import { enqueueJob } from '../../src/services/shared/jobs/enqueue-job.js';
import { startWorker } from '../../src/services/shared/jobs/worker.js';
import { Calendar } from '../../src/services/shared/time/calendar.js';
import { systemClock } from '../../src/services/shared/time/clock.js';
import { CuttableProxy } from '../support/cuttable-proxy.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/load-process.js';
import { TEST_JWT_SECRET } from '../support/sign-ins.js';

const WARNING = 40;
const INFORMATION = 30;

let test: TestDatabase;
let proxy: CuttableProxy;
const parts = new AsyncDisposableStack();
beforeAll(async () => {
  test = await createDatabase();
  parts.defer(() => test.drop());
  proxy = await CuttableProxy.to(test.url);
  parts.defer(() => proxy.cut());
});
afterAll(() => parts.disposeAsync());

/** A log whose lines can be read. */
function openLog() {
  const lines: { level: number; msg: string }[] = [];
  const logger = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line)) });
  return { lines, logger };
}

/** The database by the way that can be cut. */
async function open(): Promise<Database> {
  const orm = await connectOrm(proxy.url, 4);
  const settings = { calendar: new Calendar('Europe/Moscow'), currency: 'RUB' };
  const database = await Database.over(orm, settings, systemClock);
  parts.defer(() => database.close());
  return database;
}

describe('while PostgreSQL is away', () => {
  it('what sends webhooks and what does jobs say so once, and once that it is back, and go on', async () => {
    const { lines, logger } = openLog();
    const database = await open();
    const failures = new BackgroundFailures('webhooks', database.pool, logger);
    parts.defer(() => failures.stop());
    const webhooks = new Webhooks({ jwtSecret: TEST_JWT_SECRET, allowPrivate: true, timeoutSeconds: 1 });
    const dispatcher = await startWebhookDispatcher(database, webhooks, failures.report);
    parts.defer(() => dispatcher.stop());
    const done: unknown[] = [];
    const tasks = { note: async (payload: unknown) => void done.push(payload) };
    const worker = await startWorker({ databaseUrl: proxy.url, tasks, logger });
    parts.defer(() => worker.stop());
    await enqueueJob(database, 'note', { n: 1 }, 'note:1');
    await until(async () => done.length === 1, 'a job before');

    await proxy.cut();
    for (let n = 0; n < 20; n += 1) {
      dispatcher.wake();
      await sleep(100);
    }
    await proxy.mend();
    await until(async () => lines.filter(({ level }) => level === INFORMATION).length >= 2, 'the end of the outage');
    await enqueueJob(database, 'note', { n: 2 }, 'note:2');
    await until(async () => done.length === 2, 'a job after');

    const said = (part: string) => lines.filter(({ msg }) => msg.startsWith(`${part}: `)).map(({ level }) => level);
    expect(lines.map(({ msg }) => msg)).toHaveLength(4);
    expect(said('webhooks')).toEqual([WARNING, INFORMATION]);
    expect(said('job worker')).toEqual([WARNING, INFORMATION]);
  });

  it('what fails for another reason is logged as it comes', async () => {
    const { lines, logger } = openLog();
    const failures = new BackgroundFailures('webhooks', (await open()).pool, logger);
    failures.report(new TypeError('x is not a function'));
    failures.report(Object.assign(new Error('deadlock detected'), { code: '40P01' }));
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
      [50, 'webhooks'],
      [50, 'webhooks'],
    ]);
  });
});
