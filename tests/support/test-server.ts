import { lstat, mkdir, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cluster } from '../../src/services/shared/postgres/start-cluster.js';

/** A test run's directory is named for the process that made it, so that a later run can tell whether it is gone. */
const RUN_DIRECTORY = /^switchboard-test-(\d+-\d+-\w+)$/;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Here a database is copied in 20 ms, and in 90 to 600 ms on a disk; a container's share of it may be far too small. */
const MEMORY = '/dev/shm';
const ROOM_BYTES = 4 * 1024 ** 3;

/** Nothing here outlives the run, so nothing has to outlive a crash of the machine. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };

// Jest loads this outside its module system, where only the build can be imported.
const built = join(import.meta.dirname, '../../dist/services/shared/postgres');
const loadStart = () =>
  import(join(built, 'start-cluster.js')) as Promise<
    typeof import('../../src/services/shared/postgres/start-cluster.js')
  >;
const loadRemove = () =>
  import(join(built, 'remove-cluster.js')) as Promise<
    typeof import('../../src/services/shared/postgres/remove-cluster.js')
  >;
const loadMark = () =>
  import(join(built, 'process-mark.js')) as Promise<
    typeof import('../../src/services/shared/postgres/process-mark.js')
  >;

interface TestServer {
  readonly cluster: Cluster;
  readonly directory: string;
}

let running: TestServer | undefined;
let stopping: Promise<void> | undefined;

/** Starts a PostgreSQL for this test run in a directory of its own, and returns its address. */
export async function startTestServer(): Promise<string> {
  stopping = undefined;
  await removeOrphans();
  running = (await isRoomy(MEMORY)) ? await startIn(MEMORY).catch(() => startIn(tmpdir())) : await startIn(tmpdir());
  for (const signal of SIGNALS) process.once(signal, endOnSignal);
  return running.cluster.url;
}

/** Stops the run's PostgreSQL, if it has one, and removes all that it kept; all who call wait for the same end. */
export function stopTestServer(): Promise<void> {
  stopping ??= stop();
  return stopping;
}

async function stop(): Promise<void> {
  if (!running) return;
  await running.cluster.stop();
  await removeRun(running.directory);
  running = undefined;
  for (const signal of SIGNALS) process.removeListener(signal, endOnSignal);
}

/** Jest ends on a signal without its teardown. */
function endOnSignal(signal: NodeJS.Signals): void {
  stopTestServer().finally(() => process.kill(process.pid, signal));
}

async function removeRun(directory: string): Promise<void> {
  const { removeCluster } = await loadRemove();
  await removeCluster(join(directory, 'postgres'));
  await rm(directory, { recursive: true, force: true });
}

async function startIn(base: string): Promise<TestServer> {
  const { startCluster } = await loadStart();
  const { makeMark } = await loadMark();
  const directory = join(base, `switchboard-test-${await makeMark()}`);
  // PostgreSQL's user, which is not root, goes through.
  await mkdir(directory, { mode: 0o711 });
  try {
    const log = () => undefined;
    return {
      directory,
      cluster: await startCluster({ directory: join(directory, 'postgres'), settings: SETTINGS, log }),
    };
  } catch (error) {
    await removeRun(directory);
    throw error;
  }
}

async function isRoomy(base: string): Promise<boolean> {
  const space = await statfs(base).catch(() => undefined);
  return space !== undefined && space.bavail * space.bsize >= ROOM_BYTES;
}

/** Removes what runs have left that were killed: their servers too go on. */
async function removeOrphans(): Promise<void> {
  const { livingMaker } = await loadMark();
  for (const base of [MEMORY, tmpdir()]) {
    for (const name of await readdir(base).catch(() => [])) {
      const mark = RUN_DIRECTORY.exec(name)?.[1];
      if (mark === undefined || (await livingMaker(mark)) !== undefined) continue;
      const directory = join(base, name);
      // Anybody can make such a name in a shared directory; what we remove must be our own.
      if ((await lstat(directory)).uid !== process.getuid?.()) continue;
      // Where a process that the run had started still works, a later run removes it.
      await removeRun(directory).catch(() => undefined);
    }
  }
}
