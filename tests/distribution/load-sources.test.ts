import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { RowIssue } from '../../src/services/integrations/intake.js';
import { intakeOf } from '../../src/services/integrations/intake-of.js';
import { loadRows } from '../../src/services/integrations/load-rows.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { Refusal } from '../../src/services/shared/errors/refusal.js';
import { DEMO_FILES, type Filled, load, openDatabase, SAMPLE_FROM } from '../support/fill-database.js';
import { runLoad } from '../support/load-process.js';

let opened: Filled;

beforeAll(async () => {
  opened = await openDatabase();
  await load(opened.database, 'operators', { file: 'operators.json' });
});
afterAll(() => opened?.close());

/** Loads a list of sources, or the text of one: the counts, and each issue as `entry, column: message`. */
async function loadSources(list: readonly object[] | string): Promise<{ counts: string; issues: string[] }> {
  const { database } = opened;
  const text = typeof list === 'string' ? list : JSON.stringify(list);
  const issues: RowIssue[] = [];
  const counts = await loadRows(
    database,
    systemActor('test'),
    {
      intake: intakeOf('sources', database.settings, SAMPLE_FROM),
      open: () => Readable.from([Buffer.from(text)]) as AsyncIterable<Buffer>,
    },
    (progress) => issues.push(...progress.issues),
  );
  const { createdRows, updatedRows, unchangedRows, badRows } = counts;
  return {
    counts: `${createdRows} new, ${updatedRows} changed, ${unchangedRows} same, ${badRows} bad`,
    issues: issues.map(({ line, column, message }) => `${line}, ${column}: ${message}`),
  };
}

/** The sources that there are with their weights: `name: who weight, …`. */
async function weights(): Promise<string[]> {
  const rows = await opened.database.rows(sql<{ text: string }>`
    select concat(s.name, ': ', string_agg(split_part(l.email, '@', 1) || ' ' || w.weight, ', ' order by l.email)) as text
    from source s left join source_weight w on w.source_id = s.id
    left join operator o on o.id = w.operator_id left join login l on l.user_id = o.user_id
    where s.removed_at is null group by s.id order by s.id`);
  return rows.map(({ text }) => text);
}

async function recorded(): Promise<string> {
  const [row] = await opened.database.rows(sql<{ text: string }>`
    select concat((select count(*) from change_record), ' ', (select count(*) from source_weighting), ' ',
      (select sum(version) from source)) as text`);
  return row!.text;
}

const email = (name: string) => `${name}@demo.example`;
const weight = (name: string, value: unknown) => ({ operator: email(name), weight: value });

describe('a file of sources', () => {
  const SAMPLE = [
    'Telegram Bot: alisa 10, boris 30',
    'Интернет-магазин: alisa 1, boris 1, darya 1, egor 1, gleb 1, vera 1',
    'FB - Саморезы: alisa 0.5, darya 7, vera 2.5',
    'Заявка на звонок: egor 1, gleb 100',
  ];
  const sample = () => readFile(join(DEMO_FILES, 'sources.json'), 'utf8');

  it('makes the sources with their weights; again, it changes and records nothing', async () => {
    expect(await loadSources(await sample())).toEqual({ counts: '4 new, 0 changed, 0 same, 0 bad', issues: [] });
    expect(await weights()).toEqual(SAMPLE);
    const before = await recorded();
    expect((await loadSources(`\uFEFF${await sample()}`)).counts).toBe('0 new, 0 changed, 4 same, 0 bad');
    expect(await recorded()).toBe(before);
  });

  it('has at most 500 weights in a source', async () => {
    const many = Array.from({ length: 501 }, (_, n) => weight(`n${n}`, 1));
    expect((await loadSources([{ name: 'Many', weights: many }])).issues).toEqual([
      '1, weights: At most 500 operators may take inquiries of one source.',
    ]);
  });

  it('is the whole truth of each source that it names, and says nothing of others', async () => {
    const list = [
      { name: 'TELEGRAM bot', weights: [weight('boris', 30), weight('vera', 0)] },
      { name: 'Заявка на звонок', weights: [] },
    ];
    expect((await loadSources(list)).counts).toBe('0 new, 2 changed, 0 same, 0 bad');
    expect(await weights()).toEqual(['TELEGRAM bot: boris 30, vera 0', SAMPLE[1], SAMPLE[2], 'Заявка на звонок: ']);
    expect((await loadSources(list)).counts).toBe('0 new, 0 changed, 2 same, 0 bad');
    expect((await loadSources(await sample())).counts).toBe('0 new, 2 changed, 2 same, 0 bad');
    expect(await weights()).toEqual(SAMPLE);
  });

  it('sets what else it says of a source, and leaves what it does not', async () => {
    const read = async () => {
      const [row] = await opened.database.rows(sql<object>`
        select description, sticky, skills, priority, answer_within_seconds as answer from source where name = 'Full'`);
      return row;
    };
    const settings = { description: 'One', sticky: true, skills: ['uk'], priority: 3, answerWithinSeconds: 60 };
    const { answerWithinSeconds: answer, ...same } = settings;
    await loadSources([{ name: 'Full', weights: [], ...settings }]);
    expect(await read()).toEqual({ ...same, answer });
    expect((await loadSources([{ name: 'Full', weights: [] }])).counts).toBe('0 new, 0 changed, 1 same, 0 bad');
    await loadSources([{ name: 'Full', weights: [], answerWithinSeconds: null, priority: 0 }]);
    expect(await read()).toEqual({ ...same, priority: 0, answer: null });
  });

  it('has weights that are taken exactly as they are written', async () => {
    const written = (number: string) =>
      `[{"name": "Exact", "weights": [{"operator": "${email('alisa')}", "weight": ${number}}]}]`;
    for (const [number, kept] of [
      ['0.1', '0.1'],
      ['5e-1', '0.5'],
      ['1E-6', '0.000001'],
      ['1e2', '100'],
      ['10.000', '10'],
      ['-0', '0'],
      ['"2.50"', '2.5'],
      ['999999.999999', '999999.999999'],
    ] as const) {
      expect(await loadSources(written(number))).toMatchObject({ issues: [] });
      expect(await weights()).toContain(`Exact: alisa ${kept}`);
    }
    const before = await recorded();
    for (const [number, message] of [
      // As numbers of JavaScript, these two would be 1 and 1000000.
      ['1.00000000000000000001', 'must have at most 6 decimals'],
      ['999999.99999999999999', 'must have at most 6 decimals'],
      ['0.30000000000000004', 'must have at most 6 decimals'],
      ['1e-7', 'must have at most 6 decimals'],
      ['1e999', 'must be at most 1000000'],
      ['1e99999', 'must be a number such as 0.5'],
      ['-1', 'must not be negative'],
      ['"NaN"', 'must be a number such as 0.5'],
      ['true', 'must be a number'],
      ['null', 'must be a number'],
    ] as const) {
      expect((await loadSources(written(number))).issues).toEqual([`1, weights 1, weight: ${message}`]);
    }
    expect(await recorded()).toBe(before);
  });

  it('has bad entries, each with its faults and their places, and nothing of these is taken in', async () => {
    await loadSources([{ name: 'Known', weights: [weight('alisa', 1)] }]);
    const list = [
      {
        name: 'Known',
        sticky: true,
        weights: [weight('boris', 1), weight('nobody', 1), weight('ALISA', 2), weight('alisa', 3)],
      },
      { name: 'Fine', weights: [weight('gleb', 0.25)] },
      { name: 'New', priority: 1000, weights: [{ operator: 'no e-mail', weight: -1 }] },
      { name: 'Newer', weights: [{ ...weight('gleb', 1), share: 2 }, 7] },
      { name: '', weights: 'all' },
      { name: 'Late', warnBeforeSeconds: 5, weights: [] },
    ];
    expect(await loadSources(list)).toEqual({
      counts: '1 new, 0 changed, 0 same, 5 bad',
      issues: [
        '1, weights 2, operator: There is no operator with the e-mail nobody@demo.example.',
        '1, weights 4, operator: The operator alisa@demo.example stands here twice.',
        '3, priority: must be at most 100',
        '3, weights 1, operator: must be an e-mail address',
        '3, weights 1, weight: must not be negative',
        '4, weights 1: has what no weight has: share',
        '4, weights 2: must be a weight',
        '5, name: must not be empty',
        '5, weights: must be a list of weights',
        '6, warnBeforeSeconds: A warning needs a deadline to warn of: set both, or neither.',
      ],
    });
    const rows = await opened.database.rows(sql<{ name: string; sticky: boolean }>`
      select name, sticky from source where name in ('Known', 'Fine', 'New', 'Newer', 'Late') order by name`);
    expect(rows).toEqual([
      { name: 'Fine', sticky: false },
      { name: 'Known', sticky: false },
    ]);
    expect(await weights()).toEqual(expect.arrayContaining(['Known: alisa 1', 'Fine: gleb 0.25']));
  });

  it('may not name an operator who was removed, nor anybody who is none', async () => {
    const { database } = opened;
    await database.rows(sql`
      update operator o set active = false, removed_at = now() from login l
      where l.user_id = o.user_id and l.email = ${email('egor')}`);
    const { issues } = await loadSources([{ name: 'Gone', weights: [weight('egor', 1)] }]);
    expect(issues).toEqual(['1, weights 1, operator: The operator egor@demo.example was removed.']);
    await database.rows(sql`
      update operator o set active = true, removed_at = null from login l
      where l.user_id = o.user_id and l.email = ${email('egor')}`);
  });

  it.each([
    ['{"name": "A"}', 'file', /no list of sources/],
    ['[', 'file', /no JSON/],
    ['[{"name": "A", "weights": [], "colour": "red"}]', '0', /has what no source has: colour/],
    ['[7]', '0', /must be a source/],
    ['[{"name": "Имя", "weights": []}, {"name": " иМЯ ", "weights": []}]', '1.name', /stands here twice/],
  ])('is refused as a whole: %s', async (text, path, message) => {
    const before = await recorded();
    const refusal = await loadSources(text).catch((error) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    const { errors } = refusal as Refusal;
    expect(errors.map((error) => error.path.join('.') || 'file')).toEqual([path]);
    expect(errors[0].message).toMatch(message);
    expect(await recorded()).toBe(before);
  });
});

it('a source that was removed leaves its name to the one that a file brings', async () => {
  await loadSources([{ name: 'Again', weights: [weight('alisa', 1)] }]);
  await opened.database.rows(sql`update source set removed_at = now() where name = 'Again'`);
  expect((await loadSources([{ name: 'again', weights: [weight('boris', 2)] }])).counts).toMatch(/^1 new/);
  expect(await weights()).toContain('again: boris 2');
});

it('npm run load -- sources says what became of each entry', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'switchboard-sources-'));
  try {
    const file = join(directory, 'sources.json');
    await writeFile(file, JSON.stringify([{ name: 'From a file', weights: [weight('alisa', 1), weight('who', 1)] }]));
    const { code, output, errors } = await runLoad(['sources', file, '--strict'], { DATABASE_URL: opened.url }).ended;
    expect([code, errors]).toEqual([2, '']);
    expect(output).toContain('entry 1, weights 2, operator: There is no operator with the e-mail who@demo.example.');
    expect(output).toContain('Created 0, updated 0, unchanged 0, bad 1.');
    const sample = join(DEMO_FILES, 'sources.json');
    const again = await runLoad(['sources', sample], { DATABASE_URL: opened.url }).ended;
    expect(again).toMatchObject({
      code: 0,
      errors: '',
      output: expect.stringContaining('all 4 rows were there already'),
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
