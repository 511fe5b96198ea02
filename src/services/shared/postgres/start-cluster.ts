import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.js';
import { type Binaries, findBinaries } from './binaries.js';
import { ClusterError } from './cluster-error.js';
import { type ClusterHome, settleHome } from './cluster-home.js';
import { openDatabase } from './connection.js';
import { type Hold, takeHold } from './holders.js';
import { closeToOthers, hasData, initialiseData } from './initialise-data.js';
import { launchPostmaster } from './launch-postmaster.js';
import { readPassword } from './password.js';
import { placeBinaries } from './place-binaries.js';
import { disarmStaleLock, findPostmaster, type Postmaster } from './postmaster.js';
import { stopPostmaster } from './stop-postmaster.js';

const ATTEMPTS = 10;
const POLL_MILLISECONDS = 10;
const REPORT_MILLISECONDS = 10_000;

export interface ClusterOptions {
  /** Where the cluster lives, made when it is missing; relative to the working directory, or absolute. */
  readonly directory: string;
  /** PostgreSQL's own settings, over those for a developer's machine; an adopted server keeps what it has. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
}

/** A PostgreSQL server that runs on data of ours. */
export interface Cluster {
  /** postgres://user:password@127.0.0.1:port/switchboard */
  readonly url: string;
  /** It ran already: another process of ours uses it too, or was killed and left it. */
  readonly adopted: boolean;
  /**
   * Stops the server and waits until it is down; where another living process uses it, it goes on for that one.
   *
   * @throws ClusterError when it does not go down within a minute
   */
  stop(): Promise<void>;
}

interface Site {
  readonly binaries: Binaries;
  readonly home: ClusterHome;
  readonly account: Account | undefined;
}

/**
 * Runs the PostgreSQL from npm on the data in `directory`: adopts a server that runs on them, else starts one, and
 * makes the data first where there are none.
 *
 * The server has a session of its own: neither Ctrl-C nor the death of this process ends it, only `stop` does.
 *
 * @throws ClusterError that says what is in the way and what to do about it
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const binaries = await findBinaries();
  const site = { binaries, ...(await settleHome(options.directory, options.log)) };
  // Held before looking for a running server, so that one who is about to stop it sees us.
  const hold = await takeHold(site.home.path);
  let launched = false;
  try {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const found = await findOrLaunch(site, options, attempt > 1);
      launched = found?.adopted === false;
      const url = found && (await openDatabase(found.postmaster, site.home, await readPassword(site.home)));
      if (!url) continue;
      options.log(
        `PostgreSQL ${found.adopted ? 'adopted' : 'started'}: pid ${found.postmaster.pid}, ${site.home.data}`,
      );
      return { url, adopted: found.adopted, stop: stopOnce(site.home, hold, options.log) };
    }
    throw new ClusterError(
      `PostgreSQL on ${site.home.data} was started and ended by others ${ATTEMPTS} times while we tried. ` +
        'See who else uses that directory.',
    );
  } catch (error) {
    const others = await hold.release();
    if (launched && others.length === 0) await stopPostmaster(site.home);
    throw error;
  }
}

async function findOrLaunch(
  site: Site,
  options: ClusterOptions,
  finalAttempt: boolean,
): Promise<{ postmaster: Postmaster; adopted: boolean } | undefined> {
  const { binaries, home, account } = site;
  const { settings = {}, log } = options;
  const made = await hasData(home, binaries);
  const running = made ? await settledPostmaster(home, log) : undefined;
  if (running) return { postmaster: running, adopted: true };

  const programs = await placeBinaries(binaries, home.path, account);
  if (!made) await initialiseData({ programs, home, account, sync: settings.fsync !== 'off' });
  await closeToOthers(home);
  await disarmStaleLock(home.data);
  const launched = await launchPostmaster({ programs, home, account, settings, log, finalAttempt });
  return launched && { postmaster: launched, adopted: false };
}

/** The postmaster on these data once it is neither coming up nor going down; undefined when none runs. */
async function settledPostmaster(home: ClusterHome, log: (line: string) => void): Promise<Postmaster | undefined> {
  let reported = Date.now();
  for (;;) {
    const postmaster = await findPostmaster(home.data);
    if (!postmaster || postmaster.status === 'ready') return postmaster;
    if (Date.now() - reported > REPORT_MILLISECONDS) {
      reported = Date.now();
      log(`Waiting for the PostgreSQL on ${home.data} (pid ${postmaster.pid}), which is ${postmaster.status}`);
    }
    await sleep(POLL_MILLISECONDS);
  }
}

function stopOnce(home: ClusterHome, hold: Hold, log: (line: string) => void): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    const others = await hold.release();
    if (others.length === 0) return stopPostmaster(home);
    log(`PostgreSQL goes on for the processes that use it: ${others.join(', ')}`);
  };
  return () => {
    stopping ??= stop();
    return stopping;
  };
}
