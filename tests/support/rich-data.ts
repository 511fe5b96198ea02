import { sql } from 'kysely';
import { CallStatus } from '../../src/entities/calls/call-status.enum.js';
import { recordPayment } from '../../src/services/billing/record-payment.js';
import type { NewCall } from '../../src/services/calls/new-call.js';
import { recordCalls } from '../../src/services/calls/record-calls.js';
import { publishTariff } from '../../src/services/catalog/publish-tariff.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import type { Database } from '../../src/services/shared/database/database.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { makeInquiries } from './rich-inquiries.js';
import { makeSources } from './rich-sources.js';
import { makeWebForms } from './rich-web-forms.js';
import { makeWebhooks } from './rich-webhooks.js';
import type { Actors } from './sign-ins.js';
import { iccidOf, msisdnOf, registerTestSubscriber } from './subscribers.js';

const SUBSCRIBERS = 9;
const CALLS = 90;
const START = new Date('2026-01-01T00:00:00+03:00');
const STRANGER = '+79995554433';
const ALISA = '+79990000011';
const BORIS = '+79990000012';
const ACTOR = systemActor('test');

/** Names as people have them, and texts that JSON, SQL and base64 write in a way of their own. */
const NAMES = [
  "О'Ніл Ївга",
  'Іваненко-Ґалаґан "Їжак" Єва',
  'back\\slash \\n \\u0041 $1 %s',
  'Zoë 🦄👩‍👩‍👧 مرحبا',
  'Петров Пётр',
  'Петров Пётр',
  '\u0001\t\n\r\b\f\u001f\u007f\u0085\u2028\u2029</script>',
  `${'Довге ім’я '.repeat(30)}!`,
  'a',
];

/** Fills a database with rows of every kind, in every state that the graph shows. */
export async function fillRichly(database: Database, actors: Actors): Promise<void> {
  const tariffs = await publishTariffs(database);
  await registerSubscribers(database, tariffs, actors);
  await recordPayments(database, actors);
  await record(database);
  await makeOdd(database);
  await makeStaff(database, actors);
  await makeImports(database, actors);
  await makeSources(database, actors);
  await makeInquiries(database);
  await makeWebForms(database);
  await makeWebhooks(database, actors);
  await database.rows(sql`analyze`);
}

async function publishTariffs(database: Database): Promise<string[]> {
  const publish = async (name: string, pricePerMinute: string, validFrom: Date, includedMinutes = 0) => {
    const prices = { monthlyFee: '300', billingStepSeconds: 60, minimumSeconds: 1, includedMinutes };
    const input = { name, pricePerMinute, ...prices, validFrom };
    return (await database.transact(ACTOR, (work) => publishTariff(work, input))).tariffId;
  };
  const plain = await publish('Хвилина', '1.5', START);
  await publish('Хвилина', '2.123456', new Date('2026-10-01T00:00:00Z'));
  await publish('Хвилина', '3', new Date('2199-01-01T00:00:00Z'));
  const free = await publish('"Free" \\ 0', '0', START);
  const included = await publish('Included', '0.000001', START, 1);
  return [plain, free, included];
}

async function registerSubscribers(database: Database, tariffs: readonly string[], actors: Actors): Promise<void> {
  const owners = [actors.customer, actors.otherCustomer].map(({ actor }) => actor.customerId);
  for (let n = 1; n <= SUBSCRIBERS; n += 1) {
    const tariffId = encodeId('Tariff', tariffs[n % tariffs.length]!);
    const owner = owners[n - 1];
    const customer = owner === undefined ? {} : { customer: null, customerId: encodeId('Customer', owner) };
    const made = await registerTestSubscriber(database, n, tariffId, { ...customer, validFrom: START, deposit: '10' });
    for (let more = 1; more <= n % 3; more += 1) {
      await registerTestSubscriber(database, 100 * more + n, tariffId, {
        customer: null,
        customerId: encodeId('Customer', made.customerId),
        validFrom: START,
        activate: more === 1,
      });
    }
  }
}

async function recordPayments(database: Database, { admin }: Actors): Promise<void> {
  const contracts = await database.rows(sql<{ id: string }>`select id from contract order by id`);
  for (const [i, { id }] of contracts.entries()) {
    if (i % 4 === 3) continue;
    const receivedAt = new Date(Date.parse('2026-09-01T09:00:00Z') + Math.floor(i / 2) * 3_600_000);
    const input = { contractId: encodeId('Contract', id), amount: `${i + 1}.5`, idempotencyKey: `${i}`, receivedAt };
    await database.transact(i % 2 === 0 ? admin.actor : ACTOR, (work) => recordPayment(work, input));
  }
}

/** Of every status, among subscribers, operators, strangers and short numbers; several begin at the same instant. */
async function record(database: Database): Promise<void> {
  const statuses = Object.values(CallStatus);
  const callers = [msisdnOf(1), msisdnOf(2), ALISA, msisdnOf(3), STRANGER, '101', BORIS, msisdnOf(105)];
  const others = [msisdnOf(2), ALISA, STRANGER, msisdnOf(4), '112', msisdnOf(1), BORIS];
  const calls = Array.from({ length: CALLS }, (_, i): NewCall => {
    const status = statuses[i % statuses.length]!;
    const answered = status === CallStatus.COMPLETED || status === CallStatus.REDIRECTED;
    const startedAt = new Date(Date.parse('2026-09-01T06:00:00Z') + Math.floor(i / 3) * 7_200_000);
    const answeredAt = i % 3 === 0 && answered ? new Date(startedAt.getTime() + 4_000) : undefined;
    const called = others[(i * 3) % others.length]!;
    const caller = callers.filter((one) => one !== called)[(i * 5) % (callers.length - 1)]!;
    const onward = others.filter((one) => one !== called && one !== caller)[i % (others.length - 2)]!;
    return {
      exchange: 'test',
      externalId: `${i}`,
      caller,
      called,
      status,
      startedAt,
      durationSeconds: answered ? (i * 37) % 400 : 0,
      ...(answeredAt ? { answeredAt, endedAt: new Date(answeredAt.getTime() + 400_000) } : {}),
      ...(status === CallStatus.REDIRECTED ? { redirectedTo: onward } : {}),
    };
  });
  // From one number of a customer to another: theirs in both ways, and one call all the same.
  for (const [i, calledN] of [1, 2].entries()) {
    const own = { exchange: 'own', externalId: `${i}`, caller: msisdnOf(100 + calledN), called: msisdnOf(calledN) };
    calls.push({
      ...own,
      status: CallStatus.COMPLETED,
      startedAt: new Date('2026-09-02T00:00:00Z'),
      durationSeconds: 5,
    });
  }
  const outcomes = await database.transact(ACTOR, (work) => recordCalls(work, calls));
  const bad = outcomes.find(({ outcome }) => outcome === 'BAD');
  if (bad) throw new Error(`Not recorded: ${JSON.stringify(bad)}`);
}

/** What use cases would not make of one day's input: microseconds, other currencies, nulls, names, states. */
async function makeOdd(database: Database): Promise<void> {
  await unguarded(database, [
    // Of what is shown to the millisecond, the rest must be cut and not rounded.
    "update call set started_at = started_at + interval '999999 microseconds' where id % 5 = 0",
    "update call set started_at = started_at + interval '1 microsecond', recorded_at = '2026-11-01T00:00:00.0005Z' where id % 5 = 1",
    'update charge c set started_at = k.started_at from call k where k.id = c.call_id',
    "update payment set currency = 'JPY', amount = 1200 where id % 7 = 1",
    "update payment set currency = 'KWD', amount = 0.1 where id % 7 = 2",
    "update account set currency = 'JPY' where id % 6 = 2 and kind = 'CONTRACT'",
    "update account set currency = 'KWD', balance = -1.5 where id % 6 = 3 and kind = 'CONTRACT'",
    "update account set balance = 0 where id % 6 = 4 and kind = 'CONTRACT'",
    'update customer set last_name = null, first_name = null, company_name = name, patronymic = null where id % 3 = 0',
    'update customer set email = null, last_payment_at = null where id % 4 = 0',
    "update customer set status = 'SUSPENDED' where id % 5 = 4",
    `update contract set status = 'CLOSED', closed_at = '2026-10-01T10:00:00.123456Z' where id % 5 = 4`,
    "update sim set imsi = '25001' || lpad(id::text, 10, '0') where id % 2 = 0",
    "update tariff set active = false, description = E'Лише\\n\"для\" своїх\\t\\\\' where name = 'Included'",
    `insert into tariff_version (tariff_id, valid_from, price_per_minute, monthly_fee, currency, included_minutes,
      billing_step_seconds, minimum_seconds) select id, '2026-03-01', 7, 0, 'JPY', 0, 1, 0 from tariff where name like '%Free%'`,
  ]);
  await database.rows(sql`insert into sim (iccid, status) values (${iccidOf(999)}, 'IN_STOCK')`);
  const customers = await database.rows(sql<{ id: string }>`select id from customer order by id`);
  for (const [i, { id }] of customers.entries()) {
    await database.rows(sql`update customer set name = ${NAMES[i % NAMES.length]!} where id = ${id}`);
  }
}

/** Changes what guards keep as it is. */
async function unguarded(database: Database, statements: readonly string[]): Promise<void> {
  const client = await database.pool.connect();
  try {
    await client.query('set session_replication_role = replica');
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.query('reset session_replication_role');
    client.release();
  }
}

async function makeStaff(database: Database, { operator, otherOperator }: Actors): Promise<void> {
  await database.rows(sql`
    update operator set skills = array['sales', 'їжа "" \\'], schedule = '{"MON": "08:00-18:00", "TUE": null}'
    where id = ${operator.actor.operatorId}`);
  await database.rows(sql`update operator set active = false where id = ${otherOperator.actor.operatorId}`);
  await database.rows(sql`
    with u as (
      insert into app_user (last_name, first_name, role_id)
      select 'Колишня', 'Олена', r.id from role r where r.name = 'operator' returning id)
    insert into operator (user_id, alias, max_load, skills, active, removed_at)
    select u.id, 'Колишня "О"', 0, '{sales}', false, '2026-09-01T00:00:00.000999Z' from u`);
  await database.rows(sql`
    update app_user set patronymic = 'Іванівна', work_phone = null, presence = 'WORKING',
      last_login_at = '2026-09-01T00:00:00.000999Z' where id = ${operator.actor.userId}`);
  await database.rows(sql`insert into user_group (name) values ('Порожня "група"')`);
  await database.rows(sql`
    insert into partner_key (name, token_hash, scopes, revoked_at)
    values ('Old "key"', 'none', '{}', '2026-09-01T00:00:00Z'), ('Other', 'neither', '{webhooks}', null)`);
}

async function makeImports(database: Database, { admin }: Actors): Promise<void> {
  await database.rows(sql`
    insert into stored_file (name, path, size_bytes, sha256, uploaded_by_id) values
      ('дзвінки "1".csv', 'a', 9007199254740991, 'aa', ${admin.actor.userId}), ('b.csv', 'b', 0, 'bb', null)`);
  await database.rows(sql`
    insert into import_job (kind, file_id, state, valid_from, total_rows, done_rows, created_rows, bad_rows, failure,
      requested_by_id, started_at, finished_at, created_at)
    select case when n % 2 = 0 then 'CALLS' else 'SUBSCRIBERS' end, (select min(id) from stored_file) + n % 2,
      (array['QUEUED', 'RUNNING', 'DONE', 'FAILED'])[n % 4 + 1], '2026-08-31T21:00:00Z',
      case when n > 2 then 10 end, n, n, n % 3, case when n % 4 = 3 then 'Рядок "3"' end,
      case when n % 2 = 0 then ${admin.actor.userId}::bigint end, case when n > 1 then now() end,
      case when n > 2 then now() end, '2026-09-01T00:00:00Z'::timestamptz + n / 2 * interval '1 hour'
    from generate_series(0, 7) n`);
  await database.rows(sql`
    insert into import_issue (job_id, line, column_name, code, message)
    select j.id, n, case when n = 2 then '' else 'Номер "x"' end, 'BAD_USER_INPUT', E'ні \\ "так" \n'
    from import_job j, generate_series(1, 3) n where j.id % 2 = 0`);
}
