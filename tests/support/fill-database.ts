import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { RowCounts } from '../../src/services/integrations/intake.js';
import { intakeOf, type LoadKind } from '../../src/services/integrations/intake-of.js';
import { loadRows } from '../../src/services/integrations/load-rows.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { Database } from '../../src/services/shared/database/database.js';
import { connectOrm } from '../../src/services/shared/database/orm.js';
import { Calendar } from '../../src/services/shared/time/calendar.js';
import { systemClock } from '../../src/services/shared/time/clock.js';
import { createDatabase } from './database.js';

/** The sample files: tariffs, operators, subscribers, calls. */
export const DEMO_FILES = join(import.meta.dirname, '../../demo');

/** Since when the sample files hold, midnight in Moscow. */
export const SAMPLE_FROM = new Date('2026-08-31T21:00:00Z');

/** A database of its own with the use cases over it, and nothing that listens. */
export interface Filled {
  readonly database: Database;
  readonly url: string;
  close(): Promise<void>;
}

/** Opens a fresh copy of the migrated template, over so many connections at most. */
export async function openDatabase(connections = 4): Promise<Filled> {
  const { url, drop } = await createDatabase();
  const orm = await connectOrm(url, connections);
  const settings = { calendar: new Calendar('Europe/Moscow'), currency: 'RUB' };
  return {
    database: await Database.over(orm, settings, systemClock),
    url,
    close: async () => {
      await orm.close();
      await drop();
    },
  };
}

/** Loads a file, or the text of one, as the command line does. */
export async function load(
  database: Database,
  kind: LoadKind,
  content: { readonly file: string } | { readonly text: string },
): Promise<RowCounts> {
  const open = () =>
    'file' in content
      ? createReadStream(join(DEMO_FILES, content.file))
      : (Readable.from([Buffer.from(content.text)]) as AsyncIterable<Buffer>);
  const intake = intakeOf(kind, database.settings, SAMPLE_FROM);
  return loadRows(database, systemActor('test'), { intake, open });
}

/** Everything that calls came to: each charge with its call, what each contract used up, every balance and day. */
export async function chargesIn(database: Database): Promise<object> {
  return {
    charges: await database.rows(sql`
      select k.exchange, k.external_id, k.status, c.leg, c.free_reason, c.billed_seconds, c.included_seconds,
        c.amount::text, x.msisdn, row_number() over (order by k.id) as place
      from call k left join charge c on c.call_id = k.id left join contract x on x.id = c.contract_id
      order by k.external_id, c.leg`),
    usage: await database.rows(sql`
      select x.msisdn, u.month::text, u.used_seconds
      from included_usage u join contract x on x.id = u.contract_id order by 1, 2`),
    balances: await database.rows(sql`
      select x.msisdn, a.balance::text from account a join contract x on x.id = a.contract_id order by 1`),
    ledger: await database.rows(sql`select count(*), sum(amount)::text from posting`),
    days: await database.rows(sql`
      select day::text, sum(answered_calls)::text as calls, sum(income)::text as income
      from daily_call_total group by day order by day`),
  };
}
