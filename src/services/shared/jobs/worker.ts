import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger as JobLogger, type RunnerOptions, run } from 'graphile-worker';
import { Client, Pool } from 'pg';
import type { Logger } from 'pino';
import { BackgroundFailures } from '../database/background-failures.js';
import { releaseJobsOfGoneWorkers, WorkerLease } from './worker-lease.js';

/** How often jobs of workers that are gone are looked for, in milliseconds; the first time is at the start. */
const RELEASE_MS = 15_000;
/** How soon a worker that ended by itself is followed by another, in milliseconds. */
const REVIVE_MS = 1_000;
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

/** What graphile-worker says, without what an outage has it say again and again. */
const unscoped = (logger: Logger, failures: BackgroundFailures) =>
  new JobLogger(() => (level, message, meta) => {
    if (failures.isOfOutage(meta?.error) || failures.away) logger.debug(message);
    else if (level === 'error') logger.error(message);
    else if (level === 'warning') logger.warn(message);
    else logger.debug(message);
  });

/**
 * Starts a worker. Jobs whose worker was killed are released at once and go on here; those of other workers that live,
 * in this process or another, are theirs.
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { databaseUrl, logger, concurrency = STANDARD_CONCURRENCY } = options;
  const pool = openPool(databaseUrl, concurrency);
  const failures = new BackgroundFailures('job worker', pool, logger);
  const { report } = failures;
  reportLost(pool, report);
  const release = () => releaseGone(databaseUrl, logger);
  const begin = () => beginRun(options, pool, concurrency, failures);
  const stopping = new AbortController();
  const letGo = async () => {
    failures.stop();
    await pool.end();
  };
  try {
    await release();
    const running = keepRunning(await begin(), begin, stopping.signal, report);
    const timer = setInterval(() => void release().catch(report), RELEASE_MS);
    return {
      stop: async () => {
        clearInterval(timer);
        stopping.abort();
        await running;
        await letGo();
      },
    };
  } catch (error) {
    await letGo();
    throw error;
  }
}

/** One life of graphile-worker: it ends by itself when PostgreSQL is away for long, and is not to be revived. */
interface Run {
  /** Settles when it has ended, in whatever way. */
  readonly ended: Promise<void>;
  /** Takes no more jobs, and waits until those under way have left off. */
  stop(): Promise<void>;
}

/** Begins a life under a name of its own: what the one before has still locked is released as of one that is gone. */
async function beginRun(
  options: WorkerOptions,
  pool: Pool,
  concurrency: number,
  failures: BackgroundFailures,
): Promise<Run> {
  const lease = await WorkerLease.take(options.databaseUrl, failures.report);
  const stopping = new AbortController();
  try {
    const runner = await run({
      pgPool: pool,
      concurrency,
      noHandleSignals: true,
      pollInterval: 2_000,
      taskList: taskListOf(options.tasks, stopping.signal),
      crontab: options.crontab ?? '',
      // Without a delay, even of nothing, graphile-worker does not wait at its end until ended jobs are written off.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      logger: unscoped(options.logger, failures),
      events: namingEvents(lease.workerId),
    });
    let over = false;
    const ended = runner.promise.catch(failures.report).then(async () => {
      over = true;
      stopping.abort();
      await lease.release();
    });
    const stop = async () => {
      stopping.abort();
      // It refuses to be stopped twice, and may be ending by itself just now.
      if (!over) await runner.stop().catch(failures.report);
      await ended;
    };
    return { ended, stop };
  } catch (error) {
    await lease.release();
    throw error;
  }
}

/** Has one life follow another until the signal; resolves when the last has ended. */
async function keepRunning(
  first: Run,
  begin: () => Promise<Run>,
  stopping: AbortSignal,
  report: (error: unknown) => void,
): Promise<void> {
  let current: Run | undefined = first;
  const stopped = once(stopping, 'abort');
  while (!stopping.aborted) {
    await Promise.race([current?.ended, stopped]);
    if (stopping.aborted) break;
    await sleep(REVIVE_MS, undefined, { signal: stopping }).catch(() => undefined);
    if (stopping.aborted) break;
    current = await begin().catch((error: unknown) => {
      report(error);
      return undefined;
    });
  }
  await current?.stop();
}

/**
 * The worker's own connections: one waits for jobs, one is for the bookkeeping of each job under way. One that
 * PostgreSQL ends is replaced; a pool that graphile-worker opens by itself would be closed without being waited for.
 */
function openPool(databaseUrl: string, concurrency: number): Pool {
  return new Pool({
    connectionString: databaseUrl,
    max: concurrency + 1,
    application_name: 'switchboard-worker',
  });
}

/** An error of a connection that nobody listens for would end the process. */
function reportLost(pool: Pool, report: (error: unknown) => void): void {
  pool.on('error', report);
  pool.on('connect', (client) => {
    client.on('error', report);
  });
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
