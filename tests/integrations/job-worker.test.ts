import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { pino } from 'pino';
import { startImportWorker } from '../../src/services/integrations/import-worker.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { enqueueJob } from '../../src/services/shared/jobs/enqueue-job.js';
import { startWorker, type Task, type Worker } from '../../src/services/shared/jobs/worker.js';
import { type Filled, openDatabase } from '../support/fill-database.js';
import { runBuilt, until } from '../support/load-process.js';

const logger = pino({ level: 'silent' });

let opened: Filled;
const workers: Worker[] = [];
beforeEach(async () => {
  opened = await openDatabase();
});
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop();
  await opened.close();
});

async function start(tasks: Record<string, Task>, concurrency = 2): Promise<Worker> {
  const worker = await startWorker({ databaseUrl: opened.url, tasks, concurrency, logger });
  workers.push(worker);
  return worker;
}

const enqueue = (n: number) => enqueueJob(opened.database, 'note', { n }, `note:${n}`);

interface JobRow {
  locked_by: string | null;
  attempts: number;
}
const jobs = () => opened.database.rows(sql<JobRow>`select locked_by, attempts from graphile_worker.jobs`);

describe('a worker', () => {
  it('does what was enqueued when the transaction commits, and not what was rolled back', async () => {
    const done: unknown[] = [];
    await start({ note: async (payload) => void done.push(payload) });
    await opened.database
      .transact(systemActor('test'), async (work) => {
        await enqueueJob(work, 'note', { n: 2 }, 'note:2');
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    await enqueue(1);
    await until(async () => done.length > 0, 'the job is done');
    await sleep(100);
    expect(done).toEqual([{ n: 1 }]);
  });

  it('does two jobs at once, and no more than it is allowed', async () => {
    let running = 0;
    let most = 0;
    let ended = 0;
    await start({
      note: async () => {
        running += 1;
        most = Math.max(most, running);
        await sleep(100);
        running -= 1;
        ended += 1;
      },
    });
    for (const n of [1, 2, 3, 4]) await enqueue(n);
    await until(async () => ended === 4, 'all are done');
    expect(most).toBe(2);
  });

  it('leaves a job to the worker that has it, for as long as that one lives', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first: number[] = [];
    const second: number[] = [];
    await start({ note: async () => held.then(() => void first.push(1)) }, 1);
    await enqueue(1);
    await until(async () => (await jobs())[0]?.locked_by !== null, 'the first has it');
    await start({ note: async () => void second.push(1) }, 1);
    await sleep(300);
    expect(await jobs()).toEqual([{ locked_by: expect.stringMatching(/^switchboard-/), attempts: 1 }]);
    release();
    await until(async () => first.length === 1, 'the first ends it');
    expect(second).toEqual([]);
  });

  it('takes over at once the job of one whose process was killed', async () => {
    await enqueueJob(opened.database, 'run-import', { importJobId: '1' }, 'import:1');
    // As a killed process leaves it: locked by a worker whose lease nobody holds.
    await opened.database.rows(sql`
      update graphile_worker._private_jobs set locked_at = now(), locked_by = 'switchboard-00000000000000ff', attempts = 1`);
    workers.push(await startImportWorker(opened.database, { directory: '/nowhere', feedRetentionDays: 7, logger }));
    await until(async () => (await jobs()).length === 0, 'it is done');
  });

  it('judges no worker that is not of ours', async () => {
    await enqueue(1);
    await opened.database.rows(
      sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'pool-of-others'`,
    );
    await start({ note: async () => undefined });
    expect(await jobs()).toEqual([{ locked_by: 'pool-of-others', attempts: 0 }]);
  });

  it('makes days of the event log ahead when it starts', async () => {
    const days = sql<{ name: string }>`
      select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'feed.event'::regclass order by 1`;
    await opened.database.rows(sql`
      do $$ declare day text; begin
        for day in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
          where i.inhparent = 'feed.event'::regclass and c.relname <> 'event_default' loop
          execute format('drop table feed.%I', day);
        end loop; end $$`);
    expect(await opened.database.rows(days)).toEqual([{ name: 'event_default' }]);
    workers.push(await startImportWorker(opened.database, { directory: '/nowhere', feedRetentionDays: 7, logger }));
    expect((await opened.database.rows(days)).length).toBe(9);
  });

  it('stops cleanly as a process of its own, and leaves no job locked', async () => {
    const worker = runBuilt('worker', opened.url, '/nowhere');
    await until(async () => worker.output().includes('working'), 'it works');
    worker.terminate();
    expect(await worker.ended).toMatchObject({ code: 0, errors: '' });
  });
});
