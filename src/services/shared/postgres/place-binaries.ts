import { cp, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import { ClusterError } from './cluster-error.js';
import { runProgram } from './run-program.js';
import { moveInto, unfinishedName } from './unfinished.js';

/** A copy's name: the version has no further dot-word such as that of an unfinished one. */
const COPY = /^postgresql-(?!.*\.new-)/;

/** What only serves to compile against PostgreSQL. */
const NOT_NEEDED = /\.a$|^pgxs$|^pkgconfig$/;

/**
 * The directory to run PostgreSQL's programs from: npm's own, or a copy in `home` where `account` cannot run those.
 *
 * The copy is named for the package's version, so that it is made anew when that changes.
 *
 * @throws ClusterError when the programs do not run on this machine
 */
export async function placeBinaries(binaries: Binaries, home: string, account: Account | undefined): Promise<string> {
  const direct = await tryOut(binaries.root, account);
  if (direct.succeeded) return binaries.root;
  if (!account) throw notRunning(binaries.root, direct.output);

  const name = `postgresql-${binaries.version}`;
  const copy = join(home, name);
  if ((await tryOut(copy, account)).succeeded) return copy;
  await makeCopy(binaries.root, copy, account);
  const placed = await tryOut(copy, account);
  if (!placed.succeeded) throw notRunning(copy, placed.output);
  const outdated = (await readdir(home)).filter((entry) => COPY.test(entry) && entry !== name);
  await Promise.all(outdated.map((entry) => rm(join(home, entry), { recursive: true, force: true })));
  return copy;
}

function tryOut(root: string, account: Account | undefined) {
  return runProgram(join(root, 'bin', 'postgres'), ['--version'], account);
}

async function makeCopy(root: string, copy: string, account: Account): Promise<void> {
  const unfinished = await unfinishedName(copy);
  await cp(root, unfinished, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !NOT_NEEDED.test(basename(source)),
  });
  // npm under umask 077 leaves files that only their owner may read, and the copy stays root's.
  await runProgram('chmod', ['-R', 'a+rX', unfinished]);
  if (await moveInto(unfinished, copy)) return;
  if ((await tryOut(copy, account)).succeeded) {
    // Another process that starts at the same time was first: its copy is the same.
    await rm(unfinished, { recursive: true, force: true });
    return;
  }
  await rm(copy, { recursive: true, force: true });
  await moveInto(unfinished, copy);
}

const notRunning = (root: string, output: string) =>
  new ClusterError(
    `PostgreSQL's programs in ${root} do not run on this machine: ${output}\n` +
      'Run npm ci here, or set DATABASE_URL to a PostgreSQL server.',
  );
