import { EventEmitter } from 'node:events';
import { Logger as JobLogger, type RunnerOptions, run } from 'graphile-worker';
import { Client, Pool } from 'pg';
import type { Logger } from 'pino';
import { releaseJobsOfGoneWorkers, WorkerLease } from './worker-lease.js';

/** How often jobs of workers that are gone are looked for, in milliseconds; the first time is at the start. */
const RELEASE_MS = 15_000;
const STANDARD_CONCURRENCY = 2;

/** What a task is told beside its payload. */
export interface TaskRun {
  /** Aborted when the worker stops: a long task then leaves off at the next safe place. */
  readonly signal: AbortSignal;
  /** Whether this is the last time that the job is tried. */
  readonly lastAttempt: boolean;
}

/** Does one kind of job; a failure that is thrown has the job tried again, later each time. */
export type Task = (payload: unknown, run: TaskRun) => Promise<void>;

export interface WorkerOptions {
  readonly databaseUrl: string;
  /** By the name that jobs are enqueued under. */
  readonly tasks: Readonly<Record<string, Task>>;
  /** Tasks that run by themselves, a line each, as cron writes it. */
  readonly crontab?: string;
  /** Jobs that run at once; 2 when left out. */
  readonly concurrency?: number;
  readonly logger: Logger;
}

/** Does the jobs that use cases enqueue, within this process. */
export interface Worker {
  /** Takes no more jobs, and waits until those under way have left off. */
  stop(): Promise<void>;
}

const unscoped = (logger: Logger) =>
  new JobLogger(() => (level, message) => {
    if (level === 'error') logger.error(message);
    else if (level === 'warning') logger.warn(message);
    else logger.debug(message);
  });

/**
 * Starts a worker. Jobs whose worker was killed are released at once and go on here; those of other workers that live,
 * in this process or another, are theirs.
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { databaseUrl, logger, concurrency = STANDARD_CONCURRENCY } = options;
  const report = (error: unknown) => logger.error({ err: error }, 'job worker');
  const lease = await WorkerLease.take(databaseUrl, report);
  const stopping = new AbortController();
  const pool = openPool(databaseUrl, concurrency, report);
  const letGo = async () => {
    await pool.end();
    await lease.release();
  };
  try {
    const release = () => releaseGone(databaseUrl, logger);
    await release();
    const runner = await run({
      pgPool: pool,
      concurrency,
      noHandleSignals: true,
      pollInterval: 2_000,
      taskList: taskListOf(options.tasks, stopping.signal),
      crontab: options.crontab ?? '',
      // Without a delay, even of nothing, graphile-worker does not wait at its end until ended jobs are written off.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      logger: unscoped(logger),
      events: namingEvents(lease.workerId),
    });
    runner.promise.catch(report);
    const timer = setInterval(() => void release().catch(report), RELEASE_MS);
    return {
      stop: async () => {
        clearInterval(timer);
        stopping.abort();
        await runner.stop();
        await letGo();
      },
    };
  } catch (error) {
    await letGo();
    throw error;
  }
}

/**
 * The worker's own connections: one waits for jobs, one is for the bookkeeping of each job under way. One that
 * PostgreSQL ends is replaced; a pool that graphile-worker opens by itself would be closed without being waited for.
 */
function openPool(databaseUrl: string, concurrency: number, report: (error: unknown) => void): Pool {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: concurrency + 1,
    application_name: 'switchboard-worker',
  });
  pool.on('error', report);
  pool.on('connect', (client) => {
    client.on('error', report);
  });
  return pool;
}

/** Has the pool of workers lock jobs under the lease's name: graphile-worker offers no setting for it. */
function namingEvents(workerId: string): NonNullable<RunnerOptions['events']> {
  const events: NonNullable<RunnerOptions['events']> = new EventEmitter();
  events.on('pool:create', ({ workerPool }) => {
    workerPool.id = workerId;
  });
  return events;
}

function taskListOf(tasks: WorkerOptions['tasks'], signal: AbortSignal): NonNullable<RunnerOptions['taskList']> {
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      (payload: unknown, { job }: { job: { attempts: number; max_attempts: number } }) =>
        task(payload, { signal, lastAttempt: job.attempts >= job.max_attempts }),
    ]),
  );
}

async function releaseGone(databaseUrl: string, logger: Logger): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'switchboard-worker' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const gone = await releaseJobsOfGoneWorkers(client);
    if (gone.length > 0) logger.info(`jobs of ${gone.length} workers that are gone go on`);
  } finally {
    await client.end();
  }
}
