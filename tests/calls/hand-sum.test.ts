import { join } from 'node:path';
import { sql } from 'kysely';
import { readDailyCallReport } from '../../src/services/reports/daily-call-report.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { DEMO_FILES, type Filled, load, openDatabase } from '../support/fill-database.js';
import { fromMicros, handReport, handSum, toMicros } from '../support/hand-sum.js';
import { expectSoundBooks } from './world.js';

const file = (name: string) => join(DEMO_FILES, name);
const sum = handSum({
  tariffs: file('tariffs.json'),
  operators: file('operators.json'),
  subscribers: file('subscribers.csv'),
  calls: file('Master.csv'),
});

describe('the sample files, loaded as the command line loads them', () => {
  let filled: Filled;

  beforeAll(async () => {
    filled = await openDatabase();
    await load(filled.database, 'tariffs', { file: 'tariffs.json' });
    await load(filled.database, 'operators', { file: 'operators.json' });
    await load(filled.database, 'subscribers', { file: 'subscribers.csv' });
    await load(filled.database, 'calls', { file: 'Master.csv' });
  }, 120_000);

  afterAll(() => filled?.close());

  it('give each day of the report what a sum by hand gives', async () => {
    const [from, to] = ['2026-08-25', '2026-11-05'];
    const { database } = filled;
    const report = await readDailyCallReport(
      database,
      database.settings.currency,
      database.scopeOf(systemActor('test')),
      { from, to },
    );
    const rows = report.map(({ operatorCalls: _calls, operatorShare: _share, income, ...row }) => ({
      ...row,
      income: fromMicros(toMicros(income.amount)),
    }));
    expect(rows).toEqual(handReport(sum, from, to));
    expect(rows.reduce((count, row) => count + row.answeredCalls, 0)).toBeGreaterThan(10_000);
  });

  it('give each contract the balance that a sum by hand gives', async () => {
    const balances = await filled.database.rows<{ number: string; balance: string }>(sql`
      select substr(c.msisdn, 2) as number, a.balance from account a join contract c on c.id = a.contract_id`);
    const expected = [...sum.contracts.values()].map(({ number, balance }) => [number, balance]);
    expect(new Map(balances.map(({ number, balance }) => [number, balance]))).toEqual(new Map(expected as never));
  });

  it('give each call the charges that a sum by hand gives', async () => {
    const charges = await filled.database.rows<{ id: string; told: unknown[] }>(sql`
      select k.external_id as id, json_agg(json_build_array(substr(c.msisdn, 2), h.billed_seconds, h.included_seconds,
        h.amount::text) order by h.leg) as told
      from charge h join call k on k.id = h.call_id join contract c on c.id = h.contract_id
      where h.free_reason is null group by k.external_id`);
    const expected = sum.calls
      .filter((call) => call.charges.length > 0)
      .map((call): [string, unknown[]] => [
        call.uniqueId,
        call.charges.map((one) => [one.number, one.billedSeconds, one.includedSeconds, one.amount]),
      ]);
    expect(new Map(charges.map(({ id, told }) => [id, told]))).toEqual(new Map(expected));
  });

  it('leave books that are sound, and a ledger that sums to zero', async () => {
    await expectSoundBooks(filled.database);
    expect(await filled.database.rows(sql`select sum(amount)::text as sum from posting`)).toEqual([
      { sum: '0.000000' },
    ]);
  });
});
