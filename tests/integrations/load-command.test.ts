import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Client } from 'pg';
import { DEMO_FILES, type Filled, openDatabase } from '../support/fill-database.js';
import { runLoad } from '../support/load-process.js';

let opened: Filled;
let directory: string;
beforeAll(async () => {
  opened = await openDatabase();
  directory = await mkdtemp(join(tmpdir(), 'switchboard-load-'));
});
afterAll(async () => {
  await opened.close();
  await rm(directory, { recursive: true, force: true });
});

const sample = (name: string) => join(DEMO_FILES, name);
const load = (...args: string[]) => runLoad(args, { DATABASE_URL: opened.url }).ended;

async function write(name: string, text: string): Promise<string> {
  await writeFile(join(directory, name), text);
  return join(directory, name);
}

describe('npm run load', () => {
  it('takes in tariffs, operators and subscribers since a day, with progress, bad rows and a summary', async () => {
    const from = ['--from', '2026-09-01'];
    const tariffs = await load('tariffs', sample('tariffs.json'), ...from);
    expect(tariffs).toMatchObject({ code: 0, errors: '' });
    expect(tariffs.output).toContain('4 rows: 4 created.');
    expect((await load('operators', sample('operators.json'), ...from)).output).toContain('6 rows: 6 created.');
    const { code, output, errors } = await load('subscribers', sample('subscribers.csv'), ...from);
    expect([code, errors]).toEqual([0, '']);
    const lines = output.split('\n');
    expect(lines.filter((line) => /^line \d+, \S/.test(line))).toHaveLength(10);
    expect(lines[0]).toMatch(/^line 10, ICCID: must be an ICCID/);
    expect(lines).toContain('200 of 410 rows');
    expect(lines).toContain('410 of 410 rows');
    expect(lines.slice(-3)).toEqual([
      'Created 400, updated 0, unchanged 0, bad 10.',
      '410 rows: 400 created. 10 rows could not be taken in.',
      '',
    ]);
    const since = await opened.database.rows(sql<{ at: string }>`
      select distinct valid_from as at from tariff_version union select distinct held_from from number_holding`);
    expect(since.map(({ at }) => new Date(at).toISOString())).toEqual(['2026-08-31T21:00:00.000Z']);
  });

  it('changes nothing when it is run again, and says so', async () => {
    const again = await load('subscribers', sample('subscribers.csv'), '--from', '2026-09-01');
    expect(again.output).toContain('Created 0, updated 0, unchanged 400, bad 10.');
    expect(again.output).toContain('Nothing changed: 400 rows were there already.');
    expect((await load('operators', sample('operators.json'))).output).toContain('Nothing changed: all 6 rows');
  });

  it('ends with 2 for bad rows where it is told to be strict', async () => {
    expect(await load('subscribers', sample('subscribers.csv'), '--strict')).toMatchObject({ code: 2, errors: '' });
    expect(await load('tariffs', sample('tariffs.json'), '--strict')).toMatchObject({ code: 0 });
  });

  it('wakes those who follow the event log in another process', async () => {
    const listener = new Client({ connectionString: opened.url });
    await listener.connect();
    try {
      await listener.query('listen feed');
      const woken = new Promise((resolve) => listener.once('notification', resolve));
      const call =
        '"","79008087577","79001591970","","","","","","","2026-10-23 11:51:26","2026-10-23 11:51:35","2026-10-23 11:51:46","20","11","ANSWERED","","1.0",""\n';
      expect(await load('calls', await write('one.csv', call))).toMatchObject({ code: 0 });
      expect(await woken).toMatchObject({ channel: 'feed' });
    } finally {
      await listener.end();
    }
  });

  it.each([
    ['subscribers', 'number;name\n1;2\n', /missing: .*ICCID/],
    ['calls', 'no;calls\n', /no file of calls/],
    ['tariffs', '{', /no JSON/],
    ['tariffs', '[{"name": "Пустой"}]', /^entry 1, pricePerMinute: must be a sum of money$/m],
    ['operators', '[]x', /no JSON/],
    ['operators', '{"alias": "A"}', /no list of operators/],
    ['operators', '[{"alias": "A", "nickname": "B"}]', /^entry 1: .*nickname/m],
  ])('refuses a file of %s with another structure as a whole: %s', async (kind, text, words) => {
    const { code, output, errors } = await load(kind, await write('wrong', text));
    expect([code, output]).toEqual([1, '']);
    expect(errors).toMatch(words);
    expect(errors).toContain('Nothing of the file was taken in.');
  });

  it('lists an entry of a list that is wrong, and takes in the others', async () => {
    const operator = (alias: string, phone: string) => ({
      alias,
      fullName: 'Иванова Нина',
      email: `${phone}@demo.example`,
      phone,
      maxLoad: 1,
      schedule: null,
    });
    const list = [operator('Нина', '79990000777'), operator('Кто', '12345678')];
    const { code, output } = await load('operators', await write('some.json', JSON.stringify(list)));
    expect(code).toBe(0);
    expect(output).toContain('entry 2, phone: must be a phone number');
    expect(output).toContain('Created 1, updated 0, unchanged 0, bad 1.');
  });

  it.each([
    [[]],
    [['tariffs']],
    [['customers', 'file.csv']],
    [['tariffs', 'a.json', 'b.json']],
    [['tariffs', 'a.json', '--since', '2026-09-01']],
    [['tariffs', 'a.json', '--from', '2026-02-30']],
    [['tariffs', 'a.json', '--from', 'yesterday']],
    [['operators', 'a.json', '--from', '2199-01-01']],
    [['subscribers', 'a.csv', '--from', '2199-01-01']],
    [['sources', 'a.json', '--from', '2026-09-01']],
    [['calls', 'a.csv', '--from', '2026-09-01']],
    [['inquiries', 'a.jsonl', '--from', '2026-09-01']],
  ])('shows how it is used when it is called with %j', async (args) => {
    const { code, output, errors } = await load(...args);
    expect([code, output]).toEqual([64, '']);
    expect(errors).toContain('Usage: npm run load --');
  });

  it('says what to do where nothing runs', async () => {
    const nowhere = await runLoad(['tariffs', sample('tariffs.json')], { DATA_DIR: directory }).ended;
    expect(nowhere.code).toBe(1);
    expect(nowhere.errors).toMatch(/Switchboard is not running here.*npm start/s);
    const closed = { DATABASE_URL: 'postgres://switchboard:secret@127.0.0.1:1/none' };
    const unreachable = await runLoad(['tariffs', sample('tariffs.json')], closed).ended;
    expect(unreachable.code).toBe(1);
    expect(unreachable.errors).toMatch(/127\.0\.0\.1:1\/none cannot be reached/);
    expect(unreachable.errors).not.toContain('secret');
    expect(await load('tariffs', join(directory, 'missing.json'))).toMatchObject({
      code: 1,
      errors: expect.stringContaining('There is no file'),
    });
    expect(await load('inquiries', directory)).toMatchObject({ code: 1, errors: `${directory} is no file.\n` });
    const wrong = await runLoad(['tariffs', sample('tariffs.json')], { TIME_ZONE: 'Mars' }).ended;
    expect(wrong).toMatchObject({ code: 1, errors: expect.stringContaining('TIME_ZONE') });
  });
});
