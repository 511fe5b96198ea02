import { chmod, chown, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import { ClusterError } from './cluster-error.js';
import type { ClusterHome } from './cluster-home.js';
import { settlePassword } from './password.js';
import { runProgram } from './run-program.js';
import { moveInto, removeUnfinished, unfinishedName } from './unfinished.js';

export const SUPERUSER = 'switchboard';

/**
 * Whether there are data in `home` that these binaries can run on; false where there are none yet.
 *
 * @throws ClusterError when there is something else, above all data of another major version
 */
export async function hasData(home: ClusterHome, binaries: Binaries): Promise<boolean> {
  const entries = await readdir(home.data).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new ClusterError(`${home.data} cannot be read (${error.code}): is it a directory of the present user?`);
  });
  if (entries.length === 0) return false;
  const version = await readFile(join(home.data, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version === undefined) {
    throw new ClusterError(
      `${home.data} holds files, but is no data directory of PostgreSQL. Move it away and start again.`,
    );
  }
  if (version.trim() === binaries.major) return true;
  throw new ClusterError(
    `The data in ${home.data} were made by PostgreSQL ${version.trim()}, and this is PostgreSQL ${binaries.major}, ` +
      `which cannot read them. Dump them with version ${version.trim()} and load the dump; ` +
      'or, if they may go, remove that directory and start anew.',
  );
}

/**
 * Makes a data directory. It appears in its place when it is complete: a crash halfway leaves nothing but rubbish,
 * and of two processes at it one succeeds and the other discards its work.
 *
 * @throws ClusterError when initdb fails
 */
export async function initialiseData(job: {
  readonly programs: string;
  readonly home: ClusterHome;
  readonly account: Account | undefined;
  /** Flush to disk what was made; data that only serve a test need not be. */
  readonly sync: boolean;
}): Promise<void> {
  const { programs, home, account } = job;
  await removeUnfinished(home.path);
  const unfinished = await unfinishedName(home.data);
  const passwordForInitdb = await unfinishedName(`${home.password}-for-initdb`);
  try {
    await mkdir(unfinished, { mode: 0o700 });
    await writeFile(passwordForInitdb, `${await settlePassword(home)}\n`, { mode: 0o600, flag: 'wx' });
    if (account) {
      await chown(unfinished, account.uid, account.gid);
      await chown(passwordForInitdb, account.uid, account.gid);
    }
    const parameters = [
      ...['--pgdata', unfinished, '--username', SUPERUSER, '--pwfile', passwordForInitdb],
      // Unicode's own rules for letters, the same on every machine whatever locales it has …
      ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale-provider', 'builtin'],
      // … except for what still asks the C library, such as pg_trgm, which drops Cyrillic in locale C.
      ...['--builtin-locale', 'C.UTF-8', '--locale', 'C', '--lc-ctype', await utf8Locale()],
      ...['--no-instructions', ...(job.sync ? [] : ['--no-sync'])],
    ];
    const made = await runProgram(join(programs, 'bin', 'initdb'), parameters, account);
    if (!made.succeeded) throw new ClusterError(`PostgreSQL could not make its data in ${home.path}:\n${made.output}`);
    await moveInto(unfinished, home.data);
  } finally {
    await rm(passwordForInitdb, { force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** A locale of the C library that knows the letters of Unicode; C where the machine has none. */
async function utf8Locale(): Promise<string> {
  const listed = (await runProgram('locale', ['-a'])).output.split('\n');
  const preferred = [/^C\.utf-?8$/i, /^en_US\.utf-?8$/i, /\.utf-?8$/i];
  return preferred.map((form) => listed.find((name) => form.test(name))).find(Boolean) ?? 'C';
}

/** PostgreSQL refuses data that others may enter, which a copy of them easily becomes. */
export async function closeToOthers(home: ClusterHome): Promise<void> {
  await chmod(home.data, 0o700);
}
