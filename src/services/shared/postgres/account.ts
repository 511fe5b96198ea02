import { stat } from 'node:fs/promises';
import { ClusterError } from './cluster-error.js';
import { type Identity, runProgram } from './run-program.js';

/** The user of the operating system that PostgreSQL runs as. */
export interface Account extends Identity {
  readonly name: string;
}

const OWN_USER = 'switchboard';

/**
 * Who PostgreSQL must run as: undefined means ourselves, which serves everybody but root, whom it refuses.
 *
 * For root: the owner of the data where there are some; else `postgres`, or a system user made for it, or `nobody`.
 *
 * @throws ClusterError when the data belong to somebody whom we cannot run it as, or there is no user to be had
 */
export async function chooseAccount(dataDirectory: string | undefined): Promise<Account | undefined> {
  const owner = dataDirectory === undefined ? undefined : await ownerOf(dataDirectory);
  const ourselves = process.getuid?.();
  if (ourselves !== 0) {
    if (owner === undefined || owner.uid === ourselves) return undefined;
    throw new ClusterError(
      `The data in ${dataDirectory} belong to ${owner.name}, so PostgreSQL cannot run on them as the present user. ` +
        'Start as that user or as root, or set DATA_DIR to another directory.',
    );
  }
  if (owner?.uid === 0) {
    throw new ClusterError(
      `The data in ${dataDirectory} belong to root, and PostgreSQL refuses to run as root. ` +
        `Give them to another user, for instance: chown -R postgres ${dataDirectory}`,
    );
  }
  const account = owner ?? (await lookUp('postgres')) ?? (await lookUp(OWN_USER)) ?? (await makeUser());
  const chosen = account ?? (await lookUp('nobody'));
  if (chosen) return chosen;
  throw new ClusterError(
    'PostgreSQL refuses to run as root, and no other user was found or could be made. ' +
      'Start as another user, or set DATABASE_URL to a PostgreSQL server.',
  );
}

async function ownerOf(dataDirectory: string): Promise<Account> {
  const { uid, gid } = await stat(dataDirectory);
  const name = await runProgram('id', ['-un', String(uid)]);
  return { name: name.succeeded ? name.output : `user ${uid}`, uid, gid };
}

async function lookUp(name: string): Promise<Account | undefined> {
  const [uid, gid] = await Promise.all([runProgram('id', ['-u', name]), runProgram('id', ['-g', name])]);
  return uid.succeeded && gid.succeeded ? { name, uid: Number(uid.output), gid: Number(gid.output) } : undefined;
}

async function makeUser(): Promise<Account | undefined> {
  await runProgram('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', OWN_USER]);
  return lookUp(OWN_USER);
}
