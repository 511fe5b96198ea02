import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { chooseAccount } from '../../src/services/shared/postgres/account.js';
import { findBinaries } from '../../src/services/shared/postgres/binaries.js';
import { ClusterError } from '../../src/services/shared/postgres/cluster-error.js';
import { findRunningCluster } from '../../src/services/shared/postgres/find-running-cluster.js';
import { placeBinaries } from '../../src/services/shared/postgres/place-binaries.js';
import { makeMark, startOf } from '../../src/services/shared/postgres/process-mark.js';
import { removeCluster } from '../../src/services/shared/postgres/remove-cluster.js';
import { type Cluster, startCluster } from '../../src/services/shared/postgres/start-cluster.js';
import { createDatabase } from '../support/database.js';

const FAST = { fsync: 'off', shared_buffers: '16MB' };
const isRoot = process.getuid?.() === 0;
const testAsRoot = isRoot ? test : test.skip;

const places: string[] = [];
const clusters: Cluster[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL');
  }
  for (const cluster of clusters.splice(0)) await cluster.stop();
  for (const place of places.splice(0)) {
    // A place may have been moved, or hold several directories.
    for (const name of await readdir(place).catch(() => [])) {
      if ((await stat(join(place, name))).isDirectory()) await removeCluster(join(place, name)).catch(() => undefined);
    }
    await rm(place, { recursive: true, force: true });
  }
});

/** A directory that everybody may enter, as a clone's usually is. */
async function makePlace(mode = 0o755): Promise<string> {
  // Named as the test run's own directory is, so that the next run removes it if this one is killed.
  const place = join(tmpdir(), `switchboard-test-${await makeMark()}`);
  await mkdir(place);
  await chmod(place, mode);
  places.push(place);
  return place;
}

async function start(directory: string, settings: Record<string, string> = FAST): Promise<Cluster> {
  const cluster = await startCluster({ directory, settings, log: () => undefined });
  clusters.push(cluster);
  return cluster;
}

async function query<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ClusterError);
  return (error as ClusterError).message;
}

const postmasterPid = async (data: string): Promise<number> =>
  Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n', 1)[0]);

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let round = 0; !(await condition()); round += 1) {
    if (round > 1000) throw new Error('what was waited for did not happen');
    await sleep(10);
  }
}

const CHILD = `
  const [, directory, settings, module] = process.argv;
  const { startCluster } = await import(module);
  const cluster = await startCluster({ directory, settings: JSON.parse(settings), log: () => undefined });
  process.on('SIGINT', () => {
    console.log(JSON.stringify('interrupted'));
  });
  console.log(JSON.stringify({ url: cluster.url, adopted: cluster.adopted }));
  for await (const _ of process.stdin);
  await cluster.stop();
`;

/** Another process that starts a cluster, says so, holds it, and stops it when its input ends. */
function startInChild(directory: string): { child: ChildProcess; said: AsyncIterator<string> } {
  const module = new URL('../../dist/services/shared/postgres/start-cluster.js', import.meta.url).href;
  const child = spawn(
    process.execPath,
    ['--input-type=module', '--eval', CHILD, directory, JSON.stringify(FAST), module],
    // A process group of its own, as a shell gives to what runs in a terminal.
    { detached: true, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  children.push(child);
  return { child, said: createInterface({ input: child.stdout! })[Symbol.asyncIterator]() };
}

const heard = async (said: AsyncIterator<string>) => JSON.parse((await said.next()).value ?? 'null');

test('the first start makes a cluster, stop ends it, and the next start finds the data again', async () => {
  const directory = join(await makePlace(), 'postgres');
  const first = await start(directory);
  expect(first.adopted).toBe(false);
  expect(first.url).toMatch(/^postgres:\/\/switchboard:[\w-]{32}@127\.0\.0\.1:\d+\/switchboard$/);
  expect(await findRunningCluster(directory)).toBe(first.url);
  expect((await stat(join(directory, 'password'))).mode & 0o777).toBe(0o600);
  await query(first.url, `create table kept as select 'Ёлка' as word`);
  const pid = await postmasterPid(join(directory, 'data'));

  await first.stop();
  expect(await startOf(pid)).toBeUndefined();
  expect(await findRunningCluster(directory)).toBeUndefined();
  await expect(query(first.url, 'select 1')).rejects.toThrow('ECONNREFUSED');

  const second = await start(directory);
  expect(second.adopted).toBe(false);
  expect(await query(second.url, 'select word from kept')).toEqual([{ word: 'Ёлка' }]);
});

test('the server listens on the loopback only, wants the password, and has the settings asked for', async () => {
  const { url } = await start(join(await makePlace(), 'postgres'), { ...FAST, work_mem: '7MB' });
  const shown = await query<{ name: string; setting: string }>(
    url,
    `select name, current_setting(name) as setting from pg_settings
     where name in ('listen_addresses', 'unix_socket_directories', 'work_mem', 'fsync', 'jit', 'max_connections')`,
  );
  expect(Object.fromEntries(shown.map(({ name, setting }) => [name, setting]))).toEqual({
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    work_mem: '7MB',
    fsync: 'off',
    jit: 'off',
    max_connections: '100',
  });
  const wrong = url.replace(/:[\w-]{32}@/, ':wrong@');
  await expect(query(wrong, 'select 1')).rejects.toThrow('password authentication failed');
});

test('the database knows Cyrillic: its cases, its letters, its order, its trigrams', async () => {
  const { url } = await start(join(await makePlace(), 'postgres'));
  await query(url, 'create extension pg_trgm');
  const [row] = await query<object>(
    url,
    `select lower('ПРИВЕТ, ЁЖ') as lower, upper('ёж') as upper, 'ДОГОВОР' ilike 'договор' as ilike,
       'Ж' ~ '^[[:alpha:]]$' as letter, cardinality(show_trgm('Петров')) as trigrams,
       (select string_agg(x, '' order by x) from unnest('{я,б,а}'::text[]) x) as ordered,
       (select string_agg(x, '' order by x collate "ru-x-icu") from unnest('{ж,ё,е}'::text[]) x) as russian,
       to_tsvector('russian', 'договоры') @@ to_tsquery('russian', 'договоров') as stemmed`,
  );
  expect(row).toEqual({
    lower: 'привет, ёж',
    upper: 'ЁЖ',
    ilike: true,
    letter: true,
    trigrams: 7,
    ordered: 'абя',
    russian: 'еёж',
    stemmed: true,
  });
});

test('Ctrl-C reaches the process and not the server, which goes down when the process stops it', async () => {
  const directory = join(await makePlace(), 'postgres');
  const { child, said } = startInChild(directory);
  const { url } = await heard(said);
  process.kill(-child.pid!, 'SIGINT');
  expect(await heard(said)).toBe('interrupted');
  expect(await query(url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
  child.stdin!.end();
  expect(await once(child, 'exit')).toEqual([0, null]);
  await expect(query(url, 'select 1')).rejects.toThrow('ECONNREFUSED');
});

test('a server that a killed process left is adopted, and stopped at the end', async () => {
  const directory = join(await makePlace(), 'postgres');
  const { child, said } = startInChild(directory);
  const { url } = await heard(said);
  const pid = await postmasterPid(join(directory, 'data'));
  process.kill(child.pid!, 'SIGKILL');
  await once(child, 'exit');
  expect(await query(url, 'select 1 as alive')).toEqual([{ alive: 1 }]);

  const adopted = await start(directory);
  expect(adopted).toMatchObject({ adopted: true, url });
  expect(await postmasterPid(join(directory, 'data'))).toBe(pid);
  await adopted.stop();
  expect(await startOf(pid)).toBeUndefined();
});

test('processes that start at once on an empty directory share one server, and the last to leave stops it', async () => {
  const directory = join(await makePlace(), 'postgres');
  const started = [startInChild(directory), startInChild(directory), startInChild(directory)];
  const replies = await Promise.all(started.map(({ said }) => heard(said)));
  expect(new Set(replies.map(({ url }) => url)).size).toBe(1);
  expect(replies.filter(({ adopted }) => !adopted)).toHaveLength(1);
  expect((await readdir(directory)).filter((name) => name.includes('.new-'))).toEqual([]);
  expect(await refusal(removeCluster(directory))).toContain(`in use by process`);

  const { url } = replies[0];
  for (const { child } of started) {
    expect(await query(url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
    child.stdin!.end();
    expect(await once(child, 'exit')).toEqual([0, null]);
  }
  await expect(query(url, 'select 1')).rejects.toThrow('ECONNREFUSED');
});

test.each([
  ['another process has its pid', 'echo $$; exec sleep 60', true],
  ['nobody has collected the dead process', 'sleep 0.2 & echo $!; exec sleep 60', false],
])('after kill -9 of the server the next start recovers, also where %s', async (_, script, alive) => {
  const directory = join(await makePlace(), 'postgres');
  const data = join(directory, 'data');
  const first = await start(directory);
  await query(first.url, 'create table kept as select 42 as answer');
  const pid = await postmasterPid(data);
  process.kill(pid, 'SIGKILL');
  await until(async () => (await startOf(pid)) === undefined);

  // The same user's, since PostgreSQL looks past the processes of others.
  const { uid, gid } = await stat(data);
  const identity = isRoot ? { uid, gid } : {};
  const stranger = spawn('/bin/sh', ['-c', script], {
    ...identity,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  children.push(stranger);
  const taken = await heard(createInterface({ input: stranger.stdout! })[Symbol.asyncIterator]());
  await until(async () => ((await startOf(taken)) !== undefined) === alive);
  const lock = await readFile(join(data, 'postmaster.pid'), 'utf8');
  await writeFile(join(data, 'postmaster.pid'), lock.replace(/^\d+/, String(taken)));
  expect(await findRunningCluster(directory)).toBeUndefined();

  const second = await start(directory);
  expect(second.adopted).toBe(false);
  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  expect(() => process.kill(taken, 0)).not.toThrow();
});

test('a start that was killed in the middle of initdb is taken up anew', async () => {
  const directory = join(await makePlace(), 'postgres');
  const { child } = startInChild(directory);
  const unfinished = async () =>
    (await readdir(directory).catch(() => [])).find((name) => name.startsWith('data.new-'));
  await until(async () => {
    const name = await unfinished();
    return name !== undefined && (await readdir(join(directory, name))).includes('base');
  });
  process.kill(-child.pid!, 'SIGKILL');
  await once(child, 'exit');
  expect(await unfinished()).toBeDefined();

  const { url } = await start(directory);
  expect(await query(url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
  expect(await unfinished()).toBeUndefined();
});

test('what is in the way is said in plain words', async () => {
  const directory = join(await makePlace(), 'postgres');
  const data = join(directory, 'data');
  expect(await refusal(start(directory, { shared_buffers: 'plenty' }))).toMatch(/shared_buffers.*plenty/);

  await rename(join(directory, 'password'), join(directory, 'elsewhere'));
  expect(await refusal(start(directory))).toContain(`cannot be read from ${join(directory, 'password')}`);
  await writeFile(join(directory, 'password'), 'another\n');
  expect(await refusal(start(directory))).toContain(`refuses the password in ${join(directory, 'password')}`);
  await rename(join(directory, 'elsewhere'), join(directory, 'password'));
  expect(await readdir(data)).not.toContain('postmaster.pid');

  await writeFile(join(data, 'PG_VERSION'), '17\n');
  const message = await refusal(start(directory));
  for (const part of ['PostgreSQL 17', 'PostgreSQL 18', data]) expect(message).toContain(part);
  await rm(join(data, 'PG_VERSION'));
  expect(await refusal(start(directory))).toContain('no data directory of PostgreSQL');
  expect((await readdir(directory)).filter((name) => name.startsWith('holder-'))).toEqual([]);
});

testAsRoot('root in a directory that nobody else enters gets a cluster elsewhere, and a note where', async () => {
  const place = await makePlace(0o700);
  const directory = join(place, 'postgres');
  const first = await start(directory);
  await query(first.url, 'create table kept as select 1 as here');
  const { data: home } = JSON.parse(await readFile(join(directory, 'location.json'), 'utf8'));
  expect(home).toMatch(/^\/var\/lib\/switchboard\/[0-9a-f]{12}-[0-9a-f]{8}$/);
  const [owner, password] = [await stat(join(home, 'data')), await stat(join(home, 'password'))];
  expect([owner.mode & 0o777, password.mode & 0o777]).toEqual([0o700, 0o600]);
  expect(owner.uid).not.toBe(0);
  expect(await findRunningCluster(directory)).toBe(first.url);
  await first.stop();

  // A clone that is moved keeps its data, and a copy of it does not get into them.
  const moved = join(place, 'moved');
  const copied = join(place, 'copied');
  await rename(directory, moved);
  const second = await start(moved);
  expect(await query(second.url, 'select here from kept')).toEqual([{ here: 1 }]);
  await cp(moved, copied, { recursive: true });
  const third = await start(copied);
  expect(third.adopted).toBe(false);
  await expect(query(third.url, 'select here from kept')).rejects.toThrow('does not exist');

  await second.stop();

  // Who removes the directory with its note begins anew.
  const { data: forgotten } = JSON.parse(await readFile(join(copied, 'location.json'), 'utf8'));
  await third.stop();
  await rm(copied, { recursive: true });
  await rm(forgotten, { recursive: true });
  const fourth = await start(copied);
  expect(fourth.adopted).toBe(false);
  await expect(query(fourth.url, 'select here from kept')).rejects.toThrow('does not exist');

  await removeCluster(moved);
  await expect(stat(home)).rejects.toThrow('ENOENT');
});

testAsRoot('programs that the user cannot reach are copied, and again when their version changes', async () => {
  const [place, home] = [await makePlace(0o700), await makePlace()];
  const installed = await findBinaries();
  const account = (await chooseAccount(undefined))!;
  expect(await placeBinaries(installed, home, account)).toBe(installed.root);

  // The same files, by a way that is open to root alone.
  await symlink(dirname(installed.root), join(place, 'package'));
  const root = join(place, 'package', 'native');
  for (const version of ['18.4.0', '18.4.0', '18.5.0']) {
    expect(await placeBinaries({ ...installed, root, version }, home, account)).toBe(
      join(home, `postgresql-${version}`),
    );
    expect(await readdir(home)).toEqual([`postgresql-${version}`]);
  }
  await rm(join(home, 'postgresql-18.5.0', 'lib', 'libssl.so.1.1'));
  await placeBinaries({ ...installed, root, version: '18.5.0' }, home, account);
  expect(await readdir(join(home, 'postgresql-18.5.0', 'lib'))).toContain('libssl.so.1.1');
});

test('every test database is a migrated copy for itself, and goes with its connections', async () => {
  const [one, other] = await Promise.all([createDatabase(), createDatabase()]);
  const tables = await query(one.url, `select from pg_tables where schemaname = 'public'`);
  expect(tables).not.toEqual([]);
  await query(one.url, 'create table mine ()');
  expect(await query(other.url, `select to_regclass('mine') as found`)).toEqual([{ found: null }]);
  const client = new Client({ connectionString: one.url });
  client.on('error', () => undefined);
  await client.connect();
  await Promise.all([one.drop(), other.drop()]);
  await expect(query(one.url, 'select 1')).rejects.toThrow('does not exist');
  await client.end().catch(() => undefined);
});
