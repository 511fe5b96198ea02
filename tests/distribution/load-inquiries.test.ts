import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { readInquiries } from '../../src/services/distribution/read-inquiries.js';
import { distributionFaults } from '../support/distribution-checks.js';
import { DEMO_FILES, type Filled, load, openDatabase } from '../support/fill-database.js';
import { countLeads } from '../support/lead-count.js';
import { leadsIn, makeSource } from '../support/leads.js';
import { runLoad, until } from '../support/load-process.js';
import { refusalOf } from '../support/subscribers.js';

const SAMPLE = join(DEMO_FILES, 'inquiries.jsonl');

let opened: Filled;
let directory: string;
beforeEach(async () => {
  opened = await openDatabase();
  directory = await mkdtemp(join(tmpdir(), 'switchboard-inquiries-'));
});
afterEach(async () => {
  await opened.close();
  await rm(directory, { recursive: true, force: true });
});

const runOn = (file: string) => runLoad(['inquiries', file], { DATABASE_URL: opened.url });

async function loadSources(): Promise<void> {
  await load(opened.database, 'operators', { file: 'operators.json' });
  await load(opened.database, 'sources', { file: 'sources.json' });
}

/** How many rows everything has that an inquiry leaves behind. */
async function totals(): Promise<object> {
  const [row] = await opened.database.rows(sql<object>`
    select (select count(*) from inquiry) as inquiries, (select count(*) from lead) as leads,
      (select count(*) from lead_duplicate) as duplicates, (select count(*) from assignment) as assignments,
      (select count(*) from change_record) as changes, (select count(*) from feed.event) as events,
      (select sum(load) from operator) as load`);
  return row!;
}

/** Of each inquiry, by its idempotency key and in the order of the file, whose it is: the place of the lead, from 0. */
async function leadOfEach(): Promise<[string, number][]> {
  const rows = await opened.database.rows(sql<{ key: string; place: number }>`
    select r.key, (l.place - 1)::integer as place from idempotency_record r
    join inquiry i on i.id = (r.result ->> 'inquiryId')::bigint
    join (select id, row_number() over (order by id) as place from lead) l on l.id = i.lead_id
    where r.operation = 'registerInquiry' order by i.id`);
  return rows.map(({ key, place }) => [key, place]);
}

/** The places of the leads that may be one, two by two. */
async function suspectedPairs(): Promise<string[]> {
  const rows = await opened.database.rows(sql<{ pair: string }>`
    with l as (select id, row_number() over (order by id) - 1 as place from lead)
    select concat(one.place, ' ', other.place) as pair from lead_duplicate d
    join l one on one.id = d.first_id join l other on other.id = d.second_id`);
  return rows.map(({ pair }) => pair).sort();
}

/** What the sample must come to, and that nobody has more than they may. */
async function expectSample(): Promise<void> {
  const { leads, leadOf, contradictions } = countLeads(SAMPLE);
  expect([leads.length, leadOf.size, contradictions.length]).toEqual([782, 2_000, 46]);
  const made = await leadsIn(opened.database);
  expect(made.map(({ externalId, phone, email }) => ({ externalId, phone: phone?.slice(1) ?? null, email }))).toEqual(
    leads,
  );
  expect(await leadOfEach()).toEqual([...leadOf]);
  const told = contradictions.map((two) => two.toSorted((one, other) => one - other).join(' '));
  expect(await suspectedPairs()).toEqual(told.sort());
  expect(await distributionFaults(opened.database, { resting: false })).toEqual([]);
  const [inquiries] = await opened.database.rows(sql<object>`
    select count(*)::integer as active, count(operator_id)::integer + count(waiting_reason)::integer as placed
    from inquiry where status = 'ACTIVE' and (operator_id is null) = (waiting_reason is not null)`);
  expect(inquiries).toEqual({ active: 2_000, placed: 2_000 });
  const [over] = await opened.database.rows(sql<object>`
    select count(*)::integer as operators from operator where load > max_load`);
  expect(over).toEqual({ operators: 0 });
}

describe('npm run load -- inquiries', () => {
  it('makes of the sample the leads that the rules say, though it is killed, and nothing of the same file again', async () => {
    await loadSources();
    const killed = runOn(SAMPLE);
    await until(async () => ((await totals()) as { inquiries: string }).inquiries !== '0', 'the load begins');
    killed.kill();
    expect((await killed.ended).signal).toBe('SIGKILL');
    const kept = Number(((await totals()) as { inquiries: string }).inquiries);
    expect(kept).toBeLessThan(2_000);
    const { code, output, errors } = await runOn(SAMPLE).ended;
    expect([code, errors]).toEqual([0, '']);
    expect(output).toContain('2000 of 2000 rows');
    expect(output).toContain(`Created ${2_000 - kept}, updated 0, unchanged ${kept}, bad 0.`);
    await expectSample();
    const before = await totals();
    expect((await runOn(SAMPLE).ended).output).toContain('Nothing changed: all 2000 rows were there already.');
    expect(await totals()).toEqual(before);
  });

  it('goes on after one that would wait for one set of skills too many', async () => {
    await makeSource(opened.database, 'Web');
    await opened.database.rows(sql`
      with l as (insert into lead (name) values ('Anna') returning id)
      insert into inquiry (source_id, lead_id, priority, skills, message, waiting_reason, waiting_since)
      select s.id, l.id, 0, array['k' || n], '', 'NO_SKILLS', now() from source s, l, generate_series(1, 100) n`);
    const file = join(directory, 'inquiries');
    const line = (key: string, skills: string[]) =>
      JSON.stringify({ source: 'Web', externalId: key, idempotencyKey: key, skills });
    await writeFile(file, [line('1', ['k1']), line('2', ['k0']), line('3', [])].join('\n'));
    const { output } = await runOn(file).ended;
    expect(output).toMatch(/line 2, skills: .*100 different sets of skills/);
    expect(output).toContain('Created 2, updated 0, unchanged 0, bad 1.');
  });

  it('lists each line that is wrong with its field, and takes in the others', async () => {
    await makeSource(opened.database, 'Web');
    const line = (fields: object) => JSON.stringify({ source: 'Web', message: 'x', ...fields });
    const file = join(directory, 'inquiries');
    const lines = [
      line({ idempotencyKey: '1', phone: '89001112233', priority: 5, skills: ['a'] }),
      '',
      'no json',
      line({ idempotencyKey: '4', phone: '12', email: 'anna' }),
      line({ idempotencyKey: '5', source: 'Nowhere', phone: '89001112233' }),
      line({ idempotencyKey: '6', externalId: 'a', telephone: '89001112233' }),
      line({ externalId: 'a' }),
      line({ idempotencyKey: 8, externalId: 'a' }),
      '[]',
      line({ idempotencyKey: '1', phone: '89001112234' }),
      line({ idempotencyKey: '11', externalId: 7, priority: 'high' }),
      line({ idempotencyKey: '12' }),
      line({ idempotencyKey: '', externalId: 'a' }),
      `{"idempotencyKey": "14", "message": "${'x'.repeat(200_000)}"}`,
      line({ idempotencyKey: '15', externalId: 'last' }),
    ];
    await writeFile(file, `\uFEFF${lines.join('\r\n')}`);
    const { code, output, errors } = await runOn(file).ended;
    expect([code, errors]).toEqual([0, '']);
    expect(output.split('\n').flatMap((text) => /^(line \d+(, \w+)?):/.exec(text)?.[1] ?? [])).toEqual([
      'line 3',
      'line 4, phone',
      'line 4, email',
      'line 5, source',
      'line 6, telephone',
      'line 7, idempotencyKey',
      'line 8, idempotencyKey',
      'line 9',
      'line 10, idempotencyKey',
      'line 11, externalId',
      'line 11, priority',
      'line 12, externalId',
      'line 13, idempotencyKey',
      'line 14',
    ]);
    expect(output).toContain('Created 2, updated 0, unchanged 0, bad 12.');
    expect(await leadsIn(opened.database)).toMatchObject([{ phone: '+79001112233' }, { externalId: 'last' }]);
    // What was refused leaves its key free.
    await writeFile(file, line({ idempotencyKey: '4', phone: '89001112235' }));
    expect((await runOn(file).ended).output).toContain('Created 1, updated 0, unchanged 0, bad 0.');
  });

  it.each([
    ['[{"source": "Web"}]', /no file of inquiries/],
    ['source;phone\nWeb;1\n', /no file of inquiries/],
  ])('refuses a file of another structure as a whole: %s', async (text, words) => {
    const file = join(directory, 'wrong');
    await writeFile(file, text);
    const { code, output, errors } = await runOn(file).ended;
    expect([code, output]).toEqual([1, '']);
    expect(errors).toMatch(words);
    expect(errors).toContain('Nothing of the file was taken in.');
  });
});

describe('reading inquiries', () => {
  const read = async (pieces: readonly Buffer[]) => {
    const lines = [];
    for await (const line of readInquiries(Readable.from(pieces))) lines.push(line);
    return lines;
  };

  it('gives the same wherever the bytes are cut', async () => {
    const bytes = Buffer.from('{"idempotencyKey":"ї1"}\r\n\r\n\r{"idempotencyKey":"🦄2"}\nx');
    const whole = await read([bytes]);
    expect(whole).toMatchObject([
      { line: 1, inquiry: { idempotencyKey: 'ї1' } },
      { line: 4, inquiry: { idempotencyKey: '🦄2' } },
      { line: 5, faults: [{ column: '' }] },
    ]);
    for (let at = 1; at < bytes.length; at += 1) {
      expect(await read([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole);
    }
    expect(await read([...bytes].map((byte) => Buffer.from([byte])))).toEqual(whole);
  });

  it('keeps no more than a line of a file that has none that ends', async () => {
    const piece = Buffer.alloc(1_000_000, 'x');
    function* endless() {
      yield Buffer.from('{"idempotencyKey":"1"}\n');
      for (let n = 0; n < 500; n += 1) yield piece;
    }
    const before = process.memoryUsage().heapUsed;
    const lines = [];
    for await (const line of readInquiries(Readable.from(endless()))) lines.push(line);
    expect(lines).toMatchObject([{ line: 1 }, { line: 2, faults: [{ message: expect.stringContaining('at most') }] }]);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200_000_000);
  });

  it('refuses what is no text', async () => {
    expect((await refusalOf(read([Buffer.from([0xff, 0xfe, 0x41])])))[0]!.message).toMatch(/no text in UTF-8/);
  });
});
