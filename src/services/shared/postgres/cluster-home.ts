import { createHash } from 'node:crypto';
import { access, chmod, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
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
  const real = await realpath(directory).catch(() => undefined);
  if (real === undefined) return undefined;
  for (const path of [real, await readNote(real), sharedHome(real)]) {
    if (path !== undefined && (await exists(join(path, 'data')))) return homeAt(path);
  }
  return undefined;
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
  await mkdir(directory, { recursive: true });
  const real = await realpath(directory);
  const existing = await findHome(real);
  const account = await chooseAccount(existing?.data);
  if (!account) return { home: existing ?? homeAt(real), account };

  const enterable = await canEnter(account, existing?.path ?? real);
  if (existing && !enterable) {
    throw new ClusterError(
      `PostgreSQL runs as ${account.name} here, who cannot enter ${existing.path}. ` +
        `Let that user in, or move the data: mkdir -p ${sharedHome(real)} && mv ${existing.path}/* ${sharedHome(real)}/`,
    );
  }
  const home = existing ?? homeAt(enterable ? real : await makeSharedHome(real, account));
  if (home.path !== real) {
    log(`PostgreSQL's data are in ${home.path}, because ${account.name} cannot enter ${real}`);
    await writeNote(real, home);
  }
  return { home, account };
}

const homeAt = (path: string): ClusterHome => ({
  path,
  data: join(path, 'data'),
  password: join(path, 'password'),
  log: join(path, 'postgres.log'),
});

const sharedHome = (directory: string): string =>
  join(SHARED_ROOT, createHash('sha256').update(directory).digest('hex').slice(0, 12));

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

async function canEnter(account: Account, directory: string): Promise<boolean> {
  return (await runProgram('/bin/sh', ['-c', 'cd -- "$0"', directory], account)).succeeded;
}

async function makeSharedHome(directory: string, account: Account): Promise<string> {
  const path = sharedHome(directory);
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
  if (await canEnter(account, path)) return path;
  throw new ClusterError(
    `PostgreSQL runs as ${account.name}, who can enter neither ${directory} nor ${path}. ` +
      'Set DATA_DIR to a directory that every user may enter, or DATABASE_URL to a PostgreSQL server.',
  );
}

async function writeNote(directory: string, home: ClusterHome): Promise<void> {
  const about = 'The data of the PostgreSQL for this directory are elsewhere, where its user can read them.';
  const content: z.infer<typeof note> = { about, directory, data: home.path };
  await writeFile(join(directory, NOTE), `${JSON.stringify(content, undefined, 2)}\n`);
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
