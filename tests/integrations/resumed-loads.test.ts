import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { registerFile } from '../../src/services/integrations/register-file.js';
import { importCalls, importSubscribers } from '../../src/services/integrations/request-import.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import type { Database } from '../../src/services/shared/database/database.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { chargesIn, DEMO_FILES, type Filled, load, openDatabase, SAMPLE_FROM } from '../support/fill-database.js';
import { runBuilt, runLoad, until } from '../support/load-process.js';

/** Of the sample's calls: enough for several batches. */
const CALLS = 4_000;

let directory: string;
let calls: string;
let undisturbed: object;
let opened: Filled;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'switchboard-resume-'));
  const lines = (await readFile(join(DEMO_FILES, 'Master.csv'), 'utf8')).split('\n').slice(0, CALLS);
  calls = `${lines.join('\n')}\n`;
  await writeFile(join(directory, 'calls'), calls);
  opened = await openDatabase();
  await loadSubscribers(opened.database);
  await load(opened.database, 'calls', { text: calls });
  undisturbed = await chargesIn(opened.database);
  await opened.close();
});
afterAll(() => rm(directory, { recursive: true, force: true }));

beforeEach(async () => {
  opened = await openDatabase();
});
afterEach(() => opened.close());

async function loadSubscribers(database: Database): Promise<void> {
  await load(database, 'tariffs', { file: 'tariffs.json' });
  await load(database, 'operators', { file: 'operators.json' });
  await load(database, 'subscribers', { file: 'subscribers.csv' });
}

const countOf = async (table: string) =>
  Number((await opened.database.rows(sql<{ n: string }>`select count(*) as n from ${sql.table(table)}`))[0]!.n);

interface Job {
  state: string;
  total_rows: number;
  done_rows: number;
  created_rows: number;
  unchanged_rows: number;
  bad_rows: number;
}

async function jobOf(key: string): Promise<Job> {
  const [job] = await opened.database.rows(sql<Job>`
    select state, total_rows, done_rows, created_rows, unchanged_rows, bad_rows from import_job where id = ${key}`);
  return job!;
}

/** Asks for an import of a file that lies in the directory. */
async function request(kind: 'calls' | 'subscribers', path: string): Promise<string> {
  return opened.database.transact(systemActor('test'), async (work) => {
    const bytes = await readFile(join(directory, path));
    const file = await registerFile(work, { name: path, path, sizeBytes: bytes.length, sha256: '' });
    const input = { fileId: encodeId('StoredFile', file), idempotencyKey: path };
    return kind === 'calls' ? importCalls(work, input) : importSubscribers(work, { ...input, validFrom: SAMPLE_FROM });
  });
}

/** Kills workers in the middle of an import, `times` times over, and lets one end it. */
async function runWithKills(key: string, times: number): Promise<number[]> {
  const killedAt: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const reached = killedAt.at(-1) ?? 0;
    const worker = runBuilt('worker', opened.url, directory);
    await until(async () => (await jobOf(key)).done_rows > reached, 'the import goes on');
    worker.kill();
    expect((await worker.ended).signal).toBe('SIGKILL');
    killedAt.push((await jobOf(key)).done_rows);
  }
  const last = runBuilt('worker', opened.url, directory);
  await until(async () => (await jobOf(key)).state !== 'RUNNING', 'the import ends');
  last.kill();
  await last.ended;
  return killedAt;
}

describe('an import whose worker is killed in the middle', () => {
  it('goes on where it stopped, and charges what an undisturbed one does', async () => {
    await loadSubscribers(opened.database);
    const key = await request('calls', 'calls');
    const killedAt = await runWithKills(key, 2);
    expect(killedAt[0]).toBeLessThan(killedAt[1]!);
    expect(killedAt[1]).toBeLessThan(CALLS);
    const job = await jobOf(key);
    expect(job).toMatchObject({ state: 'DONE', total_rows: CALLS, done_rows: CALLS, bad_rows: 0 });
    // A row that was taken in twice would be counted as there already.
    const distinct = new Set(calls.split('\n').map((line) => line.split(',').at(-2))).size - 1;
    expect([job.created_rows, job.unchanged_rows]).toEqual([distinct, CALLS - distinct]);
    expect(await chargesIn(opened.database)).toEqual(undisturbed);
  });

  it('keeps every bad row of subscribers once', async () => {
    await load(opened.database, 'tariffs', { file: 'tariffs.json' });
    await writeFile(join(directory, 'subscribers'), await readFile(join(DEMO_FILES, 'subscribers.csv')));
    const key = await request('subscribers', 'subscribers');
    await runWithKills(key, 1);
    expect(await jobOf(key)).toMatchObject({ state: 'DONE', created_rows: 400, unchanged_rows: 0, bad_rows: 10 });
    expect(await countOf('import_issue')).toBe(10);
    expect([await countOf('contract'), await countOf('customer'), await countOf('sim')]).toEqual([400, 400, 400]);
  });
});

describe('an import whose worker is asked to stop', () => {
  it('is left behind a batch at once, and goes on with the next worker', async () => {
    await loadSubscribers(opened.database);
    const key = await request('calls', 'calls');
    const first = runBuilt('worker', opened.url, directory);
    await until(async () => (await jobOf(key)).done_rows > 0, 'the import goes on');
    first.terminate();
    expect(await first.ended).toMatchObject({ code: 0, errors: '' });
    const left = await jobOf(key);
    expect(left.state).toBe('RUNNING');
    expect(left.done_rows).toBeLessThan(CALLS);
    const [job] = await opened.database.rows(sql`select locked_by, attempts from graphile_worker.jobs`);
    expect(job).toEqual({ locked_by: null, attempts: 0 });
    const second = runBuilt('worker', opened.url, directory);
    await until(async () => (await jobOf(key)).state === 'DONE', 'the import ends');
    second.terminate();
    await second.ended;
    expect(await chargesIn(opened.database)).toEqual(undisturbed);
  });
});

describe('a load from the command line that is killed in the middle', () => {
  it('loses nothing that was there, and run again completes it to the same charges', async () => {
    await loadSubscribers(opened.database);
    const args = ['calls', join(directory, 'calls')];
    const killed = runLoad(args, { DATABASE_URL: opened.url });
    await until(async () => (await countOf('call')) > 0, 'the load begins');
    killed.kill();
    await killed.ended;
    const kept = await countOf('call');
    const again = await runLoad(args, { DATABASE_URL: opened.url }).ended;
    expect(again).toMatchObject({ code: 0, errors: '' });
    expect(kept).toBeLessThan(await countOf('call'));
    expect(Number(/unchanged (\d+)/.exec(again.output)![1])).toBeGreaterThanOrEqual(kept);
    expect(await chargesIn(opened.database)).toEqual(undisturbed);
    const third = await runLoad(args, { DATABASE_URL: opened.url }).ended;
    expect(third.output).toContain(`Nothing changed: all ${CALLS} rows were there already.`);
  });
});

describe('demo data whose loading is killed in the middle', () => {
  it('is completed by the next start, and left alone by the one after', async () => {
    const killed = runBuilt('demo', opened.url, directory);
    await until(async () => (await countOf('contract')) > 100, 'the demo data comes in');
    killed.kill();
    await killed.ended;
    const completed = await runBuilt('demo', opened.url, directory).ended;
    expect(completed).toMatchObject({ code: 0, errors: '' });
    const counts = async () => Promise.all(['contract', 'call', 'payment', 'login', 'partner_key'].map(countOf));
    const first = await counts();
    // Of the file's first 6,000 lines some come twice; twelve calls are the demo operator's own.
    expect(first.slice(0, 2)).toEqual([400, 5993 + 12]);
    expect([await countOf('source'), await countOf('source_weight')]).toEqual([4, 13]);
    const again = await runBuilt('demo', opened.url, directory).ended;
    expect(again).toMatchObject({ code: 0, output: '', errors: '' });
    expect(await counts()).toEqual(first);
    // The demo operator's own calls stay out of the months that the files are about.
    const months = await opened.database.rows(sql<{ exchange: string; months: string[] }>`
      select exchange, array_agg(distinct to_char(started_at at time zone 'Europe/Moscow', 'YYYY-MM')) as months
      from call group by exchange order by exchange`);
    expect(months[0]).toEqual({ exchange: 'asterisk', months: ['2026-09', '2026-10'] });
    expect(months[1]!.exchange).toBe('demo');
    for (const month of months[1]!.months) expect(['2026-09', '2026-10']).not.toContain(month);
  });

  it('does not come into an installation that has data of its own', async () => {
    await load(opened.database, 'tariffs', { file: 'tariffs.json' });
    const done = await runBuilt('demo', opened.url, directory).ended;
    expect(done).toMatchObject({ code: 0, errors: '' });
    expect(await countOf('customer')).toBe(0);
  });
});
