import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { startImportWorker, type Worker } from '../../src/services/integrations/import-worker.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { DEMO_FILES, load } from '../support/fill-database.js';
import { until } from '../support/load-process.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors } from '../support/sign-ins.js';

let product: Product;
let actors: Actors;
let worker: Worker;
beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
  await load(product.database, 'tariffs', { file: 'tariffs.json' });
  await load(product.database, 'operators', { file: 'operators.json' });
  worker = await startImportWorker(product.database, {
    directory: join(product.dataDir, 'files'),
    feedRetentionDays: 7,
    logger: pino({ level: 'silent' }),
  });
});
afterAll(async () => {
  await worker.stop();
  await product.stop();
});

const JOB = `
  id kind state summary failure validFrom totalRows doneRows createdRows updatedRows unchangedRows badRows
  createdAt startedAt finishedAt
  file { name sizeBytes sha256 } requestedBy { lastName }
  issues(first: 100) { totalCount nodes { line column code message } }`;
const IMPORT_SUBSCRIBERS = `mutation ($input: ImportSubscribersInput!) {
  importSubscribers(input: $input) { importJob { ${JOB} } errors { code message path } } }`;
const IMPORT_CALLS = `mutation ($input: ImportCallsInput!) {
  importCalls(input: $input) { importJob { ${JOB} } errors { code message path } } }`;

interface Job {
  readonly id: string;
  readonly state: string;
  readonly summary: string;
  readonly issues: { readonly totalCount: number; readonly nodes: readonly { line: number; column: string }[] };
}

async function send(name: string, content: string | Buffer): Promise<string> {
  const response = await fetch(`${product.url}/files?name=${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${actors.supervisor.token}` },
    body: content,
  });
  return ((await response.json()) as { id: string }).id;
}
const sendSample = async (name: string) => send(name, await readFile(join(DEMO_FILES, name)));

let keys = 0;
async function request(document: string, input: object, token = actors.supervisor.token) {
  keys += 1;
  return product.graphql(document, { input: { idempotencyKey: `key-${keys}`, ...input } }, token);
}

async function jobOf(id: string): Promise<Job> {
  const { data, errors } = await product.graphql(
    `query ($id: ID!) { importJob(id: $id) { ${JOB} } }`,
    { id },
    actors.supervisor.token,
  );
  expect(errors).toBeUndefined();
  return data.importJob;
}

/** Has a file imported to its end. */
async function run(document: string, input: object): Promise<Job> {
  const { data } = await request(document, input);
  const { importJob, errors } = data.importSubscribers ?? data.importCalls;
  expect(errors).toEqual([]);
  expect(importJob).toMatchObject({ state: 'QUEUED', summary: 'Waiting to begin.', totalRows: null, doneRows: 0 });
  let job: Job | undefined;
  await until(async () => {
    job = await jobOf(importJob.id);
    return job.state === 'DONE' || job.state === 'FAILED';
  }, 'the import ends');
  return job!;
}

describe('an import of subscribers', () => {
  let fileId: string;
  const validFrom = '2026-08-31T21:00:00.000Z';

  it('takes in every good row, and lists each bad one with line, column and reason', async () => {
    fileId = await sendSample('subscribers.csv');
    const job = await run(IMPORT_SUBSCRIBERS, { fileId, validFrom });
    expect(job).toMatchObject({
      kind: 'SUBSCRIBERS',
      state: 'DONE',
      failure: null,
      validFrom,
      totalRows: 410,
      doneRows: 410,
      createdRows: 400,
      updatedRows: 0,
      unchangedRows: 0,
      badRows: 10,
      summary: '410 rows: 400 created. 10 rows could not be taken in.',
      file: { name: 'subscribers.csv', sizeBytes: expect.any(Number), sha256: expect.any(String) },
      requestedBy: { lastName: 'Petrova' },
      startedAt: expect.any(String),
      finishedAt: expect.any(String),
    });
    expect(job.issues.totalCount).toBe(10);
    expect(job.issues.nodes.map(({ line, column }) => `${line} ${column}`)).toEqual([
      '10 ICCID',
      '51 Номер',
      '92 ФИО',
      '133 ICCID',
      '174 Тариф',
      '215 Депозит',
      '256 Тариф',
      '297 E-mail',
      '338 ICCID',
      '379 Номер',
    ]);
    expect(job.issues.nodes[3]).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('SIM') });
    const [held] = await product.database.rows(sql<{ n: string; from: Date }>`
      select count(*) as n, min(held_from) as from from number_holding where contract_id is not null`);
    expect([Number(held!.n), new Date(held!.from)]).toEqual([400, new Date(validFrom)]);
  });

  it('changes nothing with the same file again, and says so', async () => {
    const job = await run(IMPORT_SUBSCRIBERS, { fileId, validFrom });
    expect(job).toMatchObject({ state: 'DONE', createdRows: 0, updatedRows: 0, unchangedRows: 400, badRows: 10 });
    expect(job.summary).toBe('Nothing changed: 400 rows were there already. 10 rows could not be taken in.');
  });

  it('brings a subscriber up to what the file says now', async () => {
    const header = 'number,name,email,iccid,tariff,deposit\n';
    const row = (name: string) => `89009093786,${name},user2@example.com,8970107543231948750,Городской,100\n`;
    const changed = await run(IMPORT_SUBSCRIBERS, { fileId: await send('one.csv', header + row('Новый Никита')) });
    expect(changed).toMatchObject({ updatedRows: 1, summary: '1 row: 1 updated.' });
    const same = await run(IMPORT_SUBSCRIBERS, { fileId: await send('one.csv', header + row('Новый Никита')) });
    expect(same.summary).toBe('Nothing changed: the row was there already.');
  });

  it('fails with words where the file is something else, and takes in nothing of it', async () => {
    const before = await product.database.rows(sql`select count(*) from customer`);
    for (const content of ['{"not": "a table"}', 'ФИО;Номер\nИванов;89001112233\n', Buffer.from([0xff, 0xfe, 0x00])]) {
      const job = await run(IMPORT_SUBSCRIBERS, { fileId: await send('wrong.csv', content) });
      expect(job).toMatchObject({ state: 'FAILED', totalRows: null, doneRows: 0, finishedAt: expect.any(String) });
      expect(job.summary).toMatch(/file/);
      expect(job).toMatchObject({ failure: job.summary });
    }
    expect(await product.database.rows(sql`select count(*) from customer`)).toEqual(before);
  });
});

describe('an import that cannot go on', () => {
  it('says so of a header with control characters, or one that is endless, quoting it in short', async () => {
    for (const title of ['NU\u0000L', 'N'.repeat(5000), Array.from({ length: 2000 }, (_, i) => `c${i}`).join(',')]) {
      const job = await run(IMPORT_SUBSCRIBERS, { fileId: await send('header.csv', `${title},name\nx,y\n`) });
      expect(job).toMatchObject({ state: 'FAILED', failure: expect.stringMatching(/^This is no file of subscribers/) });
      expect(job.summary).not.toMatch(/\p{Cc}/u);
      expect(job.summary.length).toBeLessThan(500);
    }
  });

  it('lists rows with any characters at all as bad ones', async () => {
    const header = `${'n_'.repeat(1)}${'_'.repeat(4000)}umber,name,email,iccid,tariff,deposit\n`;
    const row = '\u0000,\u0007\u001b[31m,\u0000,\u0000,\u0000,\u0000\n';
    const job = await run(IMPORT_SUBSCRIBERS, { fileId: await send('row.csv', header + row) });
    expect(job).toMatchObject({ state: 'DONE', badRows: 1 });
    for (const { column } of job.issues.nodes) expect(column.length).toBeLessThan(100);
  });

  it('ends with words where it would fail just so again', async () => {
    const fileId = await send('gone.csv', 'x');
    await mkdir(join(product.dataDir, 'files', 'a-directory'));
    await product.database.rows(sql`update stored_file set path = 'a-directory' where name = 'gone.csv'`);
    const job = await run(IMPORT_SUBSCRIBERS, { fileId });
    expect(job).toMatchObject({ state: 'FAILED', failure: expect.stringMatching(/^Something failed on our side/) });
    const waiting = await product.database.rows(sql`select from graphile_worker.jobs where key like 'import:%'`);
    expect(waiting).toEqual([]);
  });

  it('is refused where it is to hold in the future', async () => {
    const { data } = await request(IMPORT_SUBSCRIBERS, {
      fileId: await send('x.csv', 'x'),
      validFrom: '2199-01-01T00:00:00Z',
    });
    expect(data.importSubscribers).toEqual({
      importJob: null,
      errors: [{ code: 'BAD_USER_INPUT', message: 'must not be in the future', path: ['input', 'validFrom'] }],
    });
  });
});

describe('an import of calls', () => {
  it('records and charges each, a line that comes twice once', async () => {
    const lines = (await readFile(join(DEMO_FILES, 'Master.csv'), 'utf8')).split('\n').slice(0, 2500);
    const content = `${lines.join('\n')}\n"too","short"\n`;
    const distinct = new Set(lines.map((line) => line.split(',').at(-2))).size;
    const job = await run(IMPORT_CALLS, { fileId: await send('Master.csv', content) });
    expect(job).toMatchObject({
      kind: 'CALLS',
      state: 'DONE',
      totalRows: 2501,
      createdRows: distinct,
      unchangedRows: 2500 - distinct,
      badRows: 1,
    });
    expect(job.issues.nodes).toEqual([
      { line: 2501, column: '', code: 'BAD_USER_INPUT', message: expect.stringContaining('2 columns') },
    ]);
    const [calls] = await product.database.rows(sql<{ n: string }>`select count(*) as n from call`);
    expect(Number(calls!.n)).toBe(distinct);
    const steps = await product.database.rows(sql<{ version: number; data: { doneRows: number; state: string } }>`
      select subject_version as version, data from feed.event
      where kind = 'import.progressed' and data ->> 'state' <> 'FAILED'
        and subject_id = (select max(id) from import_job where kind = 'CALLS') order by position`);
    expect(steps.map(({ data }) => [data.state, data.doneRows])).toEqual([
      ['QUEUED', 0],
      ['RUNNING', 0],
      ['RUNNING', 1000],
      ['RUNNING', 2000],
      ['RUNNING', 2501],
      ['DONE', 2501],
    ]);
    const versions = steps.map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  });

  it('fails with words where no line is one of Asterisk’s', async () => {
    const job = await run(IMPORT_CALLS, { fileId: await sendSample('subscribers.csv') });
    expect(job).toMatchObject({ state: 'FAILED', failure: expect.stringContaining('no file of calls') });
  });
});

describe('imports', () => {
  it('are begun once for a key, also by requests at the same time', async () => {
    const fileId = await send('empty.csv', 'number,name,email,iccid,tariff,deposit\n');
    const input = { fileId, idempotencyKey: 'once' };
    const answers = await Promise.all([1, 2, 3].map(() => request(IMPORT_SUBSCRIBERS, input)));
    const ids = answers.map(({ data }) => data.importSubscribers.importJob.id);
    expect(new Set(ids).size).toBe(1);
    const other = await request(IMPORT_SUBSCRIBERS, { ...input, validFrom: '2026-09-02T00:00:00Z' });
    expect(other.data.importSubscribers).toEqual({
      importJob: null,
      errors: [{ code: 'IDEMPOTENCY_MISMATCH', message: expect.any(String), path: ['input', 'idempotencyKey'] }],
    });
    await until(async () => (await jobOf(ids[0])).state === 'DONE', 'it ends');
    expect((await jobOf(ids[0])).summary).toBe('The file has no rows.');
  });

  it.each([
    ['of another kind', () => encodeId('Customer', '1'), 'BAD_USER_INPUT'],
    ['that is none', () => 'nonsense', 'BAD_USER_INPUT'],
    ['of no file', () => encodeId('StoredFile', '999999'), 'NOT_FOUND'],
  ])('refuse an id %s', async (_, id, code) => {
    for (const document of [IMPORT_SUBSCRIBERS, IMPORT_CALLS]) {
      const { data } = await request(document, { fileId: id() });
      const { importJob, errors } = data.importSubscribers ?? data.importCalls;
      expect(importJob).toBeNull();
      expect(errors).toEqual([{ code, message: expect.any(String), path: ['input', 'fileId'] }]);
    }
  });

  it('are listed by kind and state, the latest first, and found by their id alone', async () => {
    const { data } = await product.graphql(
      `{ importJobs(first: 2, filter: { kind: CALLS, state: DONE }) { totalCount nodes { id kind state } } }`,
      {},
      actors.admin.token,
    );
    expect(data.importJobs).toEqual({
      totalCount: 1,
      nodes: [{ id: expect.any(String), kind: 'CALLS', state: 'DONE' }],
    });
    const node = `query ($id: ID!) { node(id: $id) { ... on ImportJob { id state } } }`;
    const found = await product.graphql(node, { id: data.importJobs.nodes[0].id }, actors.admin.token);
    expect(found.data.node).toEqual({ id: data.importJobs.nodes[0].id, state: 'DONE' });
    const hidden = await product.graphql(node, { id: data.importJobs.nodes[0].id }, actors.operator.token);
    expect(hidden.data.node).toBeNull();
  });

  it.each(['operator', 'customer', 'partner'] as const)('are not for the %s', async (who) => {
    const { token } = actors[who];
    const fileId = await send('x.csv', 'x');
    const answers = [
      await request(IMPORT_SUBSCRIBERS, { fileId }, token),
      await request(IMPORT_CALLS, { fileId }, token),
      await product.graphql('{ importJobs { nodes { id } } }', {}, token),
      await product.graphql(
        'query ($id: ID!) { importJob(id: $id) { id } }',
        { id: encodeId('ImportJob', '1') },
        token,
      ),
    ];
    for (const { errors } of answers) expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('are not for somebody who is not signed in', async () => {
    const { errors } = await product.graphql('{ importJobs { nodes { id } } }');
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
