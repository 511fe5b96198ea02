import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type PublishTariffInput, publishTariff } from '../../src/services/catalog/publish-tariff.js';
import { readTariffs } from '../../src/services/catalog/read-tariffs.js';
import { countRows, faults, type OpenDatabase, openDatabase, refusalOf } from '../support/subscribers.js';

let open: OpenDatabase;

beforeAll(async () => {
  open = await openDatabase();
});

afterAll(() => open.close());

const tariffOf = (name: string, parts: Partial<PublishTariffInput> = {}): PublishTariffInput => ({
  name,
  pricePerMinute: '1.50',
  monthlyFee: '0',
  billingStepSeconds: 1,
  minimumSeconds: 0,
  includedMinutes: 0,
  validFrom: new Date('2026-09-01T00:00:00Z'),
  ...parts,
});
const publish = (input: PublishTariffInput) => open.work((work) => publishTariff(work, input));
const outcomeOf = async (input: PublishTariffInput) => (await publish(input)).outcome;
const pricesOf = async (name: string) =>
  (
    await open.database.rows<{ price: string; day: string }>(sql`
      select v.price_per_minute::float::text as price, to_char(v.valid_from, 'YYYY-MM-DD') as day
      from tariff_version v join tariff t on t.id = v.tariff_id where t.name = ${name} order by v.valid_from`)
  ).map(({ price, day }) => `${day} ${price}`);

describe('publishing a tariff', () => {
  it('makes it once', async () => {
    expect(await outcomeOf(tariffOf('A'))).toBe('created');
    const before = await countRows(open.database);
    expect(await outcomeOf(tariffOf('A', { pricePerMinute: '1.5', monthlyFee: '0.00' }))).toBe('unchanged');
    expect(await outcomeOf(tariffOf('A', { validFrom: null }))).toBe('unchanged');
    expect(await countRows(open.database)).toEqual(before);
  });

  it('gives it new prices from an instant on, and keeps the old ones', async () => {
    await publish(tariffOf('B'));
    expect(await outcomeOf(tariffOf('B', { pricePerMinute: '2', validFrom: new Date('2026-10-01') }))).toBe('updated');
    expect(await outcomeOf(tariffOf('B', { pricePerMinute: '2', validFrom: new Date('2026-11-01') }))).toBe(
      'unchanged',
    );
    expect(await outcomeOf(tariffOf('B'))).toBe('unchanged');
    expect(await pricesOf('B')).toEqual(['2026-09-01 1.5', '2026-10-01 2']);
  });

  it('gives it prices for a time before its first ones', async () => {
    await publish(tariffOf('C'));
    expect(await outcomeOf(tariffOf('C', { validFrom: new Date('2026-08-01') }))).toBe('updated');
    expect(await pricesOf('C')).toEqual(['2026-08-01 1.5', '2026-09-01 1.5']);
  });

  it('never changes prices that hold from an instant', async () => {
    await publish(tariffOf('D'));
    expect(faults(await refusalOf(publish(tariffOf('D', { monthlyFee: '1' }))))).toEqual(['CONFLICT input.validFrom']);
    expect(await pricesOf('D')).toEqual(['2026-09-01 1.5']);
  });

  it('changes what is written of it and whether it is on sale, and leaves alone what is left out', async () => {
    await publish(tariffOf('E', { description: 'one' }));
    expect(await outcomeOf(tariffOf('E', { description: 'two', active: false }))).toBe('updated');
    expect(await outcomeOf(tariffOf('E'))).toBe('unchanged');
    const [tariff] = await open.database.rows(sql`select description, active, version from tariff where name = 'E'`);
    expect(tariff).toEqual({ description: 'two', active: false, version: 2 });
  });

  it('makes one tariff of twenty that are published at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcomeOf(tariffOf('F'))));
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'unchanged')).toHaveLength(19);
  });

  it('names every fault at once', async () => {
    const wrong = tariffOf(' ', {
      pricePerMinute: '-1',
      monthlyFee: '1.234',
      billingStepSeconds: 0,
      minimumSeconds: 1.5,
    });
    expect(faults(await refusalOf(publish(wrong)))).toEqual([
      'BAD_USER_INPUT input.name',
      'BAD_USER_INPUT input.pricePerMinute',
      'BAD_USER_INPUT input.monthlyFee',
      'BAD_USER_INPUT input.billingStepSeconds',
      'BAD_USER_INPUT input.minimumSeconds',
    ]);
  });
});

describe('reading a file of tariffs', () => {
  const read = (json: unknown) =>
    (async () => readTariffs(typeof json === 'string' ? json : JSON.stringify(json), 'RUB'))();

  it('reads the sample', async () => {
    const tariffs = await read(await readFile(join(import.meta.dirname, '../../demo/tariffs.json'), 'utf8'));
    expect(tariffs.map(({ name }) => name)).toEqual(['Минутный', 'Городской', 'Пакет 30', 'Служебный']);
    expect(tariffs[2]).toMatchObject({ pricePerMinute: '2.000000', monthlyFee: '150.00', includedMinutes: 30 });
  });

  it.each([
    ['what is no JSON', 'no json', ['file']],
    ['what is no list', {}, ['']],
    [
      'a price that is a float',
      [{ ...tariffOf('A', { validFrom: undefined }), pricePerMinute: 1.5 }],
      ['0.pricePerMinute'],
    ],
    ['a field that we don’t know', [{ ...tariffOf('A', { validFrom: undefined }), price: '1' }], ['0']],
    ['a tariff twice', [tariffOf('A', { validFrom: undefined }), tariffOf('A', { validFrom: undefined })], ['1.name']],
    ['several faults', [{}, 5], expect.arrayContaining(['0.name', '0.monthlyFee', '1'])],
  ])('refuses %s', async (_what, json, paths) => {
    const errors = await refusalOf(read(json));
    expect(errors.map(({ path }) => path.join('.'))).toEqual(paths);
  });
});
