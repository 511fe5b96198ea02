import { dailyCallReportCsv } from '../../src/services/reports/daily-call-report.csv.js';
import { readDailyCallReport } from '../../src/services/reports/daily-call-report.js';
import { STRANGER, type TestSubscriber, World } from '../calls/world.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, signInPartner } from '../support/sign-ins.js';

const REPORT = `query ($from: LocalDate!, $to: LocalDate!) { dailyCallReport(from: $from, to: $to) {
  day answeredCalls averageSeconds averageDuration activeSubscribers income { amount currency } operatorCalls operatorShare } }`;
const OPERATOR = '+79990000011';
const OTHER_OPERATOR = '+79990000012';

let product: Product;
let actors: Actors;
let world: World;
let anna: TestSubscriber;
let boris: TestSubscriber;

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
  world = new World(product.database);
  const tariff = await world.tariff('Minute', { pricePerMinute: '1' });
  anna = await world.subscriber(tariff);
  boris = await world.subscriber(tariff);
  const at = (instant: string, durationSeconds: number) => ({ startedAt: new Date(instant), durationSeconds });
  await world.record(
    world.call(anna.number, boris.number, at('2026-09-01T00:00:00+03:00', 100)),
    world.call(anna.number, OPERATOR, at('2026-09-01T23:59:59.999+03:00', 101)),
    world.call(STRANGER, OPERATOR, at('2026-09-01T10:00:00+03:00', 0)),
    world.redirected(anna.number, boris.number, OPERATOR, at('2026-09-03T10:00:00+03:00', 3_723)),
    world.call(OTHER_OPERATOR, STRANGER, at('2026-09-03T11:00:00+03:00', 3)),
    world.call(anna.number, boris.number, { ...at('2026-09-02T11:00:00+03:00', 0), status: 'MISSED' as never }),
  );
});

afterAll(() => product?.stop());

const report = async (from: string, to: string, token = actors.admin.token) => {
  const { data, errors } = await product.graphql(REPORT, { from, to }, token);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.dailyCallReport;
};
const rub = (amount: string) => ({ amount, currency: 'RUB' });
const empty = (day: string) => ({
  day,
  answeredCalls: 0,
  averageSeconds: null,
  averageDuration: null,
  activeSubscribers: 0,
  income: rub('0.00'),
  operatorCalls: 0,
  operatorShare: null,
});
const FIRST = {
  day: '2026-09-01',
  answeredCalls: 3,
  averageSeconds: '67.00',
  averageDuration: '1:07',
  activeSubscribers: 3,
  income: rub('1.666667'),
  operatorCalls: 2,
  operatorShare: '0.6667',
};
const THIRD = {
  day: '2026-09-03',
  answeredCalls: 2,
  averageSeconds: '1863.00',
  averageDuration: '31:03',
  activeSubscribers: 3,
  income: rub('62.05'),
  operatorCalls: 1,
  operatorShare: '0.5000',
};

describe('the daily report', () => {
  it('has a row for each day, both ends included, also for days on which nobody answered', async () => {
    expect(await report('2026-08-31', '2026-09-04')).toEqual([
      empty('2026-08-31'),
      FIRST,
      empty('2026-09-02'),
      THIRD,
      empty('2026-09-04'),
    ]);
    expect(await report('2026-09-01', '2026-09-01')).toEqual([FIRST]);
  });

  it('rounds half up, to two decimals and to whole seconds', async () => {
    const at = { startedAt: new Date('2026-06-01T00:00:00+03:00') };
    const seconds = [1, 1, 1, 1, 1, 1, 1, 2];
    for (const durationSeconds of seconds) await world.record(world.call('101', '102', { ...at, durationSeconds }));
    // Nine eighths of a second are 1.125.
    expect(await report('2026-06-01', '2026-06-01')).toMatchObject([
      { averageSeconds: '1.13', averageDuration: '0:01' },
    ]);
    await world.record(
      world.call('101', '102', { ...at, startedAt: new Date('2026-06-02T12:00:00Z'), durationSeconds: 59 }),
    );
    await world.record(
      world.call('101', '102', { ...at, startedAt: new Date('2026-06-02T12:00:00Z'), durationSeconds: 60 }),
    );
    expect(await report('2026-06-02', '2026-06-02')).toMatchObject([
      { averageSeconds: '59.50', averageDuration: '1:00' },
    ]);
  });

  it('is of all calls for a supervisor and a partner with the scope', async () => {
    const partner = await signInPartner(product.database, ['reports:read']);
    for (const { token } of [actors.supervisor, partner])
      expect(await report('2026-09-01', '2026-09-01', token)).toEqual([FIRST]);
  });

  it('is of their own calls for an operator', async () => {
    expect(await report('2026-09-01', '2026-09-03', actors.operator.token)).toEqual([
      {
        day: '2026-09-01',
        answeredCalls: 2,
        averageSeconds: '50.50',
        averageDuration: '0:51',
        activeSubscribers: 2,
        income: rub('0.00'),
        operatorCalls: 2,
        operatorShare: '1.0000',
      },
      empty('2026-09-02'),
      {
        ...THIRD,
        answeredCalls: 1,
        averageSeconds: '3723.00',
        averageDuration: '62:03',
        activeSubscribers: 2,
        operatorCalls: 0,
        operatorShare: '0.0000',
      },
    ]);
  });

  it('of all calls is what an operator’s would be who took part in all of them', async () => {
    const { database } = product;
    const all = await readDailyCallReport(database, database.settings.currency, database.scopeOf(actors.admin.actor), {
      from: '2026-05-30',
      to: '2026-09-05',
    });
    const reader = { ...actors.admin.actor, permissions: new Set(['calls.read', 'reports.read-own'] as never[]) };
    expect(
      await readDailyCallReport(database, database.settings.currency, database.scopeOf(reader), {
        from: '2026-05-30',
        to: '2026-09-05',
      }),
    ).toEqual(all);
  });

  it.each([
    ['2026-09-02', '2026-09-01', 'to'],
    ['2025-01-01', '2026-01-02', 'to'],
    ['1800-01-01', '1800-01-02', 'from'],
  ])('from %s to %s is refused', async (from, to, path) => {
    const { errors } = await product.graphql(REPORT, { from, to }, actors.admin.token);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', path: [path] } }]);
  });

  it('has 366 days at most', async () => {
    expect(await report('2025-01-01', '2026-01-01')).toHaveLength(366);
  });

  it.each(['customer', 'nobody'] as const)('is not for a %s', async (who) => {
    const token = who === 'customer' ? actors.customer.token : undefined;
    const { errors } = await product.graphql(REPORT, { from: '2026-09-01', to: '2026-09-01' }, token);
    expect(errors).toMatchObject([{ extensions: { code: token ? 'FORBIDDEN' : 'UNAUTHENTICATED' } }]);
  });
});

describe('the report as a file', () => {
  const get = (path: string, token?: string) =>
    fetch(`${product.url}/reports/daily-calls.${path}`, { headers: token ? { authorization: `Bearer ${token}` } : {} });
  const PERIOD = 'from=2026-09-01&to=2026-09-03';

  it('is CSV with the rows of the graph', async () => {
    const response = await get(`csv?${PERIOD}`, actors.admin.token);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toContain('daily-calls_2026-09-01_2026-09-03.csv');
    const text = Buffer.from(await response.arrayBuffer()).toString();
    expect(text.split('\r\n')).toEqual([
      '\uFEFFДень;Отвечено звонков;Средняя длительность, с;Средняя длительность;Активных абонентов;Доход, RUB;Звонков с операторами;Доля звонков с операторами',
      '2026-09-01;3;67.00;1:07;3;1.666667;2;0.6667',
      '2026-09-02;0;;;0;0.00;0;',
      '2026-09-03;2;1863.00;31:03;3;62.05;1;0.5000',
      '',
    ]);
  });

  it('lets no text of it be a formula', () => {
    const row = { ...FIRST, averageDuration: '=cmd()' };
    expect(dailyCallReportCsv([row], 'RUB').split('\r\n')[1]).toBe("2026-09-01;3;67.00;'=cmd();3;1.666667;2;0.6667");
  });

  it('is a spreadsheet too', async () => {
    const response = await get(`xlsx?${PERIOD}`, actors.admin.token);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('spreadsheetml');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    expect(bytes.length).toBeGreaterThan(1_000);
  });

  it('is of their own calls for an operator', async () => {
    const text = await (await get('csv?from=2026-09-01&to=2026-09-01', actors.operator.token)).text();
    expect(text).toContain('2026-09-01;2;50.50;0:51;2;0.00;2;1.0000');
  });

  it.each([
    ['csv?from=2026-09-01', 400, 'BAD_USER_INPUT', ['to']],
    ['xlsx?from=2026-02-30&to=2026-03-01', 400, 'BAD_USER_INPUT', ['from']],
    ['csv?from=2026-09-01&from=2026-09-02&to=2026-09-03', 400, 'BAD_USER_INPUT', ['from']],
  ])('%s is refused with a typed error', async (path, status, code, field) => {
    const response = await get(path, actors.admin.token);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code, path: field } }] });
  });

  it('is not for those who may not read it', async () => {
    for (const [token, status, code] of [
      [undefined, 401, 'UNAUTHENTICATED'],
      ['nonsense', 401, 'UNAUTHENTICATED'],
      [actors.customer.token, 403, 'FORBIDDEN'],
    ] as const) {
      const response = await get(`csv?${PERIOD}`, token);
      expect([response.status, await response.json()]).toMatchObject([status, { errors: [{ extensions: { code } }] }]);
    }
  });
});
