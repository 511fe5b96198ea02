import type { MikroORM } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { publishTariff } from '../../src/services/catalog/publish-tariff.js';
import { type RegisterSubscriberInput, registerSubscriber } from '../../src/services/contracts/register-subscriber.js';
import { type Actor, systemActor } from '../../src/services/shared/access/actor.js';
import { Database } from '../../src/services/shared/database/database.js';
import { connectOrm } from '../../src/services/shared/database/orm.js';
import type { Work } from '../../src/services/shared/database/work.js';
import { Refusal, type UserError } from '../../src/services/shared/errors/refusal.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { Calendar } from '../../src/services/shared/time/calendar.js';
import { type Clock, systemClock } from '../../src/services/shared/time/clock.js';
import { createDatabase } from './database.js';

/** A database for the tests of use cases, without a server before it. */
export interface OpenDatabase {
  readonly database: Database;
  readonly orm: MikroORM;
  /** Runs a use case in its transaction, as the product itself where nobody is named. */
  work<Result>(run: (work: Work) => Promise<Result>, actor?: Actor): Promise<Result>;
  close(): Promise<void>;
}

/** Opens a migrated database of its own. */
export async function openDatabase(clock: Clock = systemClock): Promise<OpenDatabase> {
  const { url, drop } = await createDatabase();
  const orm = await connectOrm(url, 24);
  const settings = { calendar: new Calendar('Europe/Moscow'), currency: 'RUB' };
  const database = await Database.over(orm, settings, clock);
  return {
    database,
    orm,
    work: (run, actor = systemActor('test')) => database.transact(actor, run),
    close: async () => {
      await orm.close();
      await drop();
    },
  };
}

/** The errors that something is refused with; fails where it is not. */
export async function refusalOf(attempt: Promise<unknown>): Promise<readonly UserError[]> {
  const outcome = await attempt.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof Refusal) return outcome.errors;
  throw outcome ?? new Error('It was not refused.');
}

/** Code and path of each error, for comparing. */
export const faults = (errors: readonly UserError[]) => errors.map(({ code, path }) => `${code} ${path.join('.')}`);

/** The SIM of a number of its own, with the check digit that belongs to it. */
export function iccidOf(n: number): string {
  const digits = `897010${String(n).padStart(12, '0')}`;
  let sum = 0;
  for (const [i, digit] of [...digits].reverse().entries()) {
    const weighed = Number(digit) * (i % 2 === 0 ? 2 : 1);
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** The phone number of a number of its own, E.164. */
export const msisdnOf = (n: number) => `+7900${String(n).padStart(7, '0')}`;

/** Publishes a tariff that holds since 2026; gives its global id. */
export async function publishTestTariff(database: Database, name = 'Minute', pricePerMinute = '1.50'): Promise<string> {
  const { tariffId } = await database.transact(systemActor('test'), (work) =>
    publishTariff(work, {
      name,
      pricePerMinute,
      monthlyFee: '0',
      billingStepSeconds: 1,
      minimumSeconds: 0,
      includedMinutes: 0,
      validFrom: new Date('2026-01-01T00:00:00Z'),
    }),
  );
  return encodeId('Tariff', tariffId);
}

/** The input of a subscriber whom nothing stands against. */
export function subscriberOf(
  n: number,
  tariffId: string,
  parts: Partial<RegisterSubscriberInput> = {},
): RegisterSubscriberInput {
  return {
    customer: { fullName: `Петров Пётр ${n}`, email: `subscriber${n}@test.example` },
    msisdn: msisdnOf(n),
    iccid: iccidOf(n),
    tariffId,
    idempotencyKey: `subscriber ${n}`,
    ...parts,
  };
}

/** Registers such a subscriber. */
export function registerTestSubscriber(
  database: Database,
  n: number,
  tariffId: string,
  parts: Partial<RegisterSubscriberInput> = {},
): Promise<{ contractId: string; customerId: string }> {
  return database.transact(systemActor('test'), (work) => registerSubscriber(work, subscriberOf(n, tariffId, parts)));
}

/** How many rows each table has: to tell that nothing was left behind. */
export async function countRows(database: Database): Promise<Record<string, number>> {
  const tables = await database.rows<{ name: string }>(sql`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'feed') order by 1`);
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await database.rows<{ count: string }>(sql`select count(*) from ${sql.raw(name)}`);
    counts[name] = Number(row!.count);
  }
  return counts;
}
