import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findHome } from '../../src/services/shared/postgres/cluster-home.js';
import { findRunningCluster } from '../../src/services/shared/postgres/find-running-cluster.js';
import { makeMark, startOf } from '../../src/services/shared/postgres/process-mark.js';
import { removeCluster } from '../../src/services/shared/postgres/remove-cluster.js';
import { DEMO_FILES } from '../support/fill-database.js';
import { runLoad, runStart, type StartProcess, until } from '../support/load-process.js';
import { iccidOf } from '../support/subscribers.js';

/** What a later start may take, and one that adopts a server that runs already, in milliseconds. */
const LATER_START_MS = 5_000;
const ADMIN = { ADMIN_EMAIL: 'chief@example.com', ADMIN_PASSWORD: 'a good password' };
const PRINTED_READY = /Switchboard answers at (http:\/\/127\.0\.0\.1:\d+)/;
const LOGGED_LISTENING = /Server listening at (http:\/\/127\.0\.0\.1:\d+)/;

const directories: string[] = [];
const processes: StartProcess[] = [];

async function makeDirectory(): Promise<string> {
  // Named as the test run's own directory is, so that the next run removes it if this one is killed.
  const directory = join(tmpdir(), `switchboard-test-${await makeMark()}`);
  await mkdir(directory);
  await chmod(directory, 0o755);
  directories.push(directory);
  return directory;
}

function start(dataDir: string, env: NodeJS.ProcessEnv = {}): StartProcess {
  const process = runStart({ DATA_DIR: dataDir, DEMO: '0', LOG_LEVEL: 'warn', ...ADMIN, ...env });
  processes.push(process);
  return process;
}

/** Waits until a process prints an address, and gives it. */
async function addressFrom(process: StartProcess, line = PRINTED_READY): Promise<string> {
  let ended: string | undefined;
  void process.ended.then(({ code, errors }) => {
    ended = `it ended with ${code}: ${errors}`;
  });
  await until(async () => {
    if (ended && !line.test(process.output())) throw new Error(ended);
    return line.test(process.output());
  }, `an address, ${process.output()}`);
  return line.exec(process.output())![1]!;
}

/** The pid of the PostgreSQL that runs on a directory, or undefined. */
async function postgresOn(dataDir: string): Promise<number | undefined> {
  const home = await findHome(join(dataDir, 'postgres'));
  const file = home && (await readFile(join(home.data, 'postmaster.pid'), 'utf8').catch(() => undefined));
  const pid = Number(file?.split('\n', 1)[0]);
  return file && (await startOf(pid)) !== undefined ? pid : undefined;
}

const statusOf = async (address: string) => (await fetch(address)).status;

// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape that the document asks for
async function ask(address: string, query: string, variables: object, token?: string): Promise<any> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

async function signIn(address: string): Promise<string> {
  const { signIn: signedIn } = await ask(
    address,
    'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } errors { message } } }',
    { input: { email: ADMIN.ADMIN_EMAIL, password: ADMIN.ADMIN_PASSWORD } },
  );
  expect(signedIn.errors).toEqual([]);
  return signedIn.session.accessToken;
}

async function customersOf(address: string): Promise<string[]> {
  const { customers } = await ask(address, '{ customers { nodes { name } } }', {}, await signIn(address));
  return customers.nodes.map(({ name }: { name: string }) => name);
}

async function registerCustomer(address: string, dataDir: string): Promise<void> {
  const load = await runLoad(['tariffs', join(DEMO_FILES, 'tariffs.json')], { DATA_DIR: dataDir }).ended;
  expect(load).toMatchObject({ code: 0, errors: '' });
  const token = await signIn(address);
  const { tariffs } = await ask(address, '{ tariffs(first: 1) { nodes { id } } }', {}, token);
  const input = {
    customer: { fullName: 'Иванова Анна Петровна' },
    msisdn: '8(900) 555-01-02',
    iccid: iccidOf(1),
    tariffId: tariffs.nodes[0].id,
    idempotencyKey: 'anna',
  };
  const { registerSubscriber } = await ask(
    address,
    'mutation ($input: RegisterSubscriberInput!) { registerSubscriber(input: $input) { errors { message path } } }',
    { input },
    token,
  );
  expect(registerSubscriber.errors).toEqual([]);
}

afterAll(async () => {
  for (const process of processes) process.kill();
  await Promise.all(processes.map(({ ended }) => ended));
  for (const directory of directories) {
    await removeCluster(join(directory, 'postgres'));
    await rm(directory, { recursive: true, force: true });
  }
});

describe('npm start', () => {
  let dataDir: string;
  let product: StartProcess;
  let address: string;

  beforeAll(async () => {
    dataDir = await makeDirectory();
  });

  it('serves after a first start, and lets the first admin in', async () => {
    product = start(dataDir);
    address = await addressFrom(product);
    expect(await statusOf(`${address}/readyz`)).toBe(200);
    await registerCustomer(address, dataDir);
    expect(await customersOf(address)).toEqual(['Иванова Анна Петровна']);
  });

  it('stops everything on Ctrl-C, PostgreSQL too', async () => {
    const postgres = (await postgresOn(dataDir))!;
    expect(postgres).toBeGreaterThan(0);
    product.interrupt();
    expect(await product.ended).toMatchObject({ code: 0, signal: null, errors: '' });
    expect(await startOf(postgres)).toBeUndefined();
    expect(await findRunningCluster(join(dataDir, 'postgres'))).toBeUndefined();
    await expect(fetch(`${address}/healthz`)).rejects.toThrow();
  });

  it('keeps the data, and is there in less than five seconds', async () => {
    const before = Date.now();
    product = start(dataDir);
    address = await addressFrom(product);
    expect(await customersOf(address)).toEqual(['Иванова Анна Петровна']);
    expect(Date.now() - before).toBeLessThan(LATER_START_MS);
  });

  it('works at once after a kill -9, on the PostgreSQL that was left', async () => {
    const postgres = await postgresOn(dataDir);
    product.kill();
    await product.ended;
    expect(await postgresOn(dataDir)).toBe(postgres);
    const before = Date.now();
    product = start(dataDir);
    address = await addressFrom(product);
    expect(await customersOf(address)).toEqual(['Иванова Анна Петровна']);
    expect(Date.now() - before).toBeLessThan(LATER_START_MS);
    expect(await postgresOn(dataDir)).toBe(postgres);
    product.interrupt();
    expect(await product.ended).toMatchObject({ code: 0, errors: '' });
    expect(await postgresOn(dataDir)).toBeUndefined();
  });

  it('leaves no PostgreSQL behind when it is interrupted as soon as that runs', async () => {
    // A busy machine may see PostgreSQL run only when all is ready: then it is tried again.
    for (let turn = 1; turn <= 5; turn += 1) {
      product = start(dataDir);
      await until(async () => (await postgresOn(dataDir)) !== undefined, 'PostgreSQL');
      product.interrupt();
      expect(await product.ended).toMatchObject({ code: 0, errors: '' });
      expect(await postgresOn(dataDir)).toBeUndefined();
      if (!PRINTED_READY.test(product.output())) return;
    }
    throw new Error('It was ready each time before it could be interrupted.');
  });
});

describe('a first start with the demo', () => {
  it('lives and is not ready while the data is loaded, and leaves no PostgreSQL behind when interrupted then', async () => {
    const dataDir = await makeDirectory();
    const product = start(dataDir, { DEMO: '1', LOG_LEVEL: 'info' });
    const address = await addressFrom(product, LOGGED_LISTENING);
    // The tariffs are in, the calls come last.
    await until(async () => product.output().includes('demo: tariffs'), 'the demo data');
    expect(await statusOf(`${address}/healthz`)).toBe(200);
    expect(await statusOf(`${address}/readyz`)).toBe(503);
    expect(product.output()).not.toMatch(PRINTED_READY);
    expect(await postgresOn(dataDir)).toBeGreaterThan(0);
    product.interrupt();
    expect(await product.ended).toMatchObject({ code: 0, errors: '' });
    expect(product.output()).not.toMatch(PRINTED_READY);
    expect(await postgresOn(dataDir)).toBeUndefined();
  });
});

describe('a start with wrong settings', () => {
  it('says which, without a stack, and starts nothing', async () => {
    const dataDir = await makeDirectory();
    const product = start(dataDir, { PORT: 'http', TIME_ZONE: 'Moscow' });
    expect(await product.ended).toEqual({
      code: 1,
      signal: null,
      output: '',
      errors:
        'These settings are wrong:\n  PORT must be a whole number\n  TIME_ZONE must be an IANA time zone such as Europe/Moscow\n',
    });
    expect(await findHome(join(dataDir, 'postgres'))).toBeUndefined();
  });
});
