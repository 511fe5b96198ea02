import { createHash, randomBytes } from 'node:crypto';
import {
  access,
  chmod,
  constants,
  link,
  mkdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Account, chooseAccount } from './account.js';
import { ClusterError } from './cluster-error.js';
import { runProgram } from './run-program.js';

/** Where a cluster lives: `path` has its data, password and log, and is `directory` itself where that is possible. */
export interface ClusterHome {
  readonly path: string;
  readonly data: string;
  readonly password: string;
  readonly log: string;
}

const SHARED_ROOT = '/var/lib/switchboard';
const NOTE = 'location.json';

const note = z.object({ about: z.string(), directory: z.string(), data: z.string() });

/** The home of the cluster that was made for `directory`, if there is one; changes nothing. */
export async function findHome(directory: string): Promise<ClusterHome | undefined> {
  for (const path of await possibleHomes(directory)) {
    if (await exists(join(path, 'data'))) return homeAt(path);
  }
  return undefined;
}

/** Every directory that a start with `directory` may have put something into, the likeliest first. */
export async function possibleHomes(directory: string): Promise<string[]> {
  const real = await realpath(directory).catch(() => undefined);
  if (real === undefined) return [];
  const noted = await readNote(real);
  return noted === undefined ? [real] : [real, noted];
}

/**
 * The home to use for `directory`, and who is to run PostgreSQL in it.
 *
 * Where that user cannot enter `directory` (root's clone under /root), the home is a directory of its own under
 * /var/lib/switchboard, and a note in `directory` says so.
 *
 * @throws ClusterError when there are data that this user cannot run PostgreSQL on
 */
export async function settleHome(
  directory: string,
  log: (line: string) => void,
): Promise<{ home: ClusterHome; account: Account | undefined }> {
  await mkdir(directory, { recursive: true }).catch((cause) => refuseUnwritable(directory, cause));
  const real = await realpath(directory);
  const existing = await findHome(real);
  const account = await chooseAccount(existing?.data);
  if (!account) {
    await access(real, constants.W_OK).catch((cause) => refuseUnwritable(real, cause));
    return { home: existing ?? homeAt(real), account };
  }

  const enterable = await canEnter(account, existing?.path ?? real);
  if (existing && !enterable) {
    throw new ClusterError(
      `PostgreSQL runs as ${account.name} here, who cannot enter ${existing.path}. ` +
        `Let that user in, or move the data: mkdir -p ${sharedHome(real)} && mv ${existing.path}/* ${sharedHome(real)}/`,
    );
  }
  const home = existing ?? homeAt(enterable ? real : await claimSharedHome(real, account));
  if (home.path !== real) {
    log(`PostgreSQL's data are in ${home.path}, because ${account.name} cannot enter ${real}`);
    // The directory may have been moved since the note was written.
    if (existing) await writeNote(real, home.path, rename);
  }
  return { home, account };
}

function refuseUnwritable(directory: string, cause: unknown): never {
  throw new ClusterError(
    `${directory} cannot be made or written by the present user. Set DATA_DIR to a directory that can.`,
    { cause },
  );
}

const homeAt = (path: string): ClusterHome => ({
  path,
  data: join(path, 'data'),
  password: join(path, 'password'),
  log: join(path, 'postgres.log'),
});

/** A name of its own for each data: whoever removes a directory with its note begins anew, and finds no old data. */
const sharedHome = (directory: string): string => {
  const hash = createHash('sha256').update(directory).digest('hex').slice(0, 12);
  return join(SHARED_ROOT, `${hash}-${randomBytes(4).toString('hex')}`);
};

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

async function canEnter(account: Account, directory: string): Promise<boolean> {
  return (await runProgram('/bin/sh', ['-c', 'cd -- "$0"', directory], account)).succeeded;
}

/** A home under /var/lib/switchboard with the note of it; of two processes that claim one at once, both get the first's. */
async function claimSharedHome(directory: string, account: Account): Promise<string> {
  const unread = await exists(join(directory, NOTE));
  const noted = await readNote(directory);
  if (noted !== undefined) return noted;
  const path = sharedHome(directory);
  await makeSharedHome(path, directory, account);
  // A note that came along with a copy of another directory says nothing of this one.
  if (unread) await rm(join(directory, NOTE), { force: true });
  if (await writeNote(directory, path, link)) return path;
  await rmdir(path);
  return (await readNote(directory)) ?? path;
}

async function makeSharedHome(path: string, directory: string, account: Account): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
    // Whatever our umask is, the account must get through; what is secret below has modes of its own.
    for (const made of [SHARED_ROOT, path]) await chmod(made, 0o755);
  } catch (cause) {
    throw new ClusterError(
      `PostgreSQL runs as ${account.name}, who cannot enter ${directory}, and ${path} cannot be made. ` +
        'Set DATA_DIR to a directory that every user may enter, or DATABASE_URL to a PostgreSQL server.',
      { cause },
    );
  }
  if (await canEnter(account, path)) return;
  throw new ClusterError(
    `PostgreSQL runs as ${account.name}, who can enter neither ${directory} nor ${path}. ` +
      'Set DATA_DIR to a directory that every user may enter, or DATABASE_URL to a PostgreSQL server.',
  );
}

/** Writes the note, whole at once: over another with `rename`; with `link` false when another process was first. */
async function writeNote(directory: string, home: string, place: typeof link | typeof rename): Promise<boolean> {
  const about = 'The data of the PostgreSQL for this directory are elsewhere, where its user can read them.';
  const content: z.infer<typeof note> = { about, directory, data: home };
  const target = join(directory, NOTE);
  const draft = `${target}.new-${process.pid}-${randomBytes(4).toString('hex')}`;
  await writeFile(draft, `${JSON.stringify(content, undefined, 2)}\n`);
  try {
    await place(draft, target);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    await rm(draft, { force: true });
  }
}

/** The home that the note in `directory` names, unless the note came along with a copy of another directory. */
async function readNote(directory: string): Promise<string | undefined> {
  const text = await readFile(join(directory, NOTE), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const written = note.safeParse(parseJson(text));
  if (!written.success) return undefined;
  const copied = written.data.directory !== directory && (await exists(join(written.data.directory, NOTE)));
  return copied ? undefined : written.data.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
