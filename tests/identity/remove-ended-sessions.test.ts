import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { pino } from 'pino';
import { startImportWorker } from '../../src/services/integrations/import-worker.js';
import { MovableClock } from '../support/movable-clock.js';
import { type Product, startProduct } from '../support/product.js';
import { createUser } from '../support/sign-ins.js';

const clock = new MovableClock();
let product: Product;

beforeAll(async () => {
  product = await startProduct({ clock });
});
afterAll(() => product.stop());

const daysAgo = (days: number | null) => (days === null ? null : new Date(clock.now().getTime() - days * 86_400_000));

test('housekeeping removes what ended long ago: sessions, wrong passwords, idempotency keys', async () => {
  const { database, dataDir } = product;
  await createUser(database, { role: 'operator', email: 'kept@test.example' });
  const token = (name: string, expired: number, revoked: number | null) => sql`
    insert into refresh_token (login_id, family, token_hash, expires_at, revoked_at)
    select id, gen_random_uuid(), ${name}, ${daysAgo(expired)}, ${daysAgo(revoked)} from login
    where email_key = 'kept@test.example'`;
  await database.rows(token('live', -10, null));
  await database.rows(token('expired', 29, null));
  await database.rows(token('revoked', -1, 29));
  await database.rows(token('expired long ago', 31, null));
  await database.rows(token('revoked long ago', 5, 31));
  const attempt = (name: string, minutes: number) => sql`
    insert into sign_in_attempt (email_hash, failures, last_failed_at)
    values (${name}, 1, ${daysAgo(minutes / (24 * 60))})`;
  await database.rows(attempt('lately', 59));
  await database.rows(attempt('an hour ago', 61));
  const repeat = (key: string, days: number) => sql`
    insert into idempotency_record (owner, operation, key, input_hash, created_at)
    values ('user:1', 'anything', ${key}, 'x', ${daysAgo(days)})`;
  await database.rows(repeat('known', 89));
  await database.rows(repeat('old', 91));

  const logger = pino({ level: 'silent' });
  const worker = await startImportWorker(database, { directory: dataDir, feedRetentionDays: 7, logger });
  await worker.stop();

  const namesOf = async (statement: ReturnType<typeof sql<{ name: string }>>) =>
    (await database.rows(statement)).map(({ name }) => name).sort();
  expect(await namesOf(sql`select token_hash as name from refresh_token`)).toEqual(['expired', 'live', 'revoked']);
  expect(await namesOf(sql`select email_hash as name from sign_in_attempt`)).toEqual(['lately']);
  expect(await namesOf(sql`select key as name from idempotency_record`)).toEqual(['known']);
});
