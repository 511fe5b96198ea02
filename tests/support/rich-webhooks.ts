import { sql } from 'kysely';
import type { Database } from '../../src/services/shared/database/database.js';
import type { Actors } from './sign-ins.js';

/** Endpoints of webhooks of the organisation and of a partner, removed ones too, with deliveries in every state. */
export async function makeWebhooks(database: Database, { partner }: Actors): Promise<void> {
  await database.rows(sql`
    insert into webhook_endpoint (partner_key_id, url, description, event_kinds, state, state_reason, secret, log, xid,
      position, failures, trips, suspended_since, suspended_until, previous_secret_until, gap_at, gap_reason, created_at,
      removed_at)
    select case when n % 2 = 0 then ${partner.actor.partnerKeyId}::bigint end, 'https://example.com/hook?n=' || n,
      case when n % 3 = 0 then 'Для "звітів" \\ 🦄' end,
      case when n % 2 = 0 then array['call.recorded'] else array['customer.changed', 'payment.recorded'] end,
      (array['ACTIVE', 'PAUSED', 'SUSPENDED'])[n % 3 + 1], case when n % 3 = 1 then 'Чому "ні"' end, 'sealed',
      (select log from feed.epoch), n, n, n, 0, case when n % 3 = 2 then '2026-09-01T00:00:00.0009Z'::timestamptz end,
      case when n % 3 = 2 then now() end, case when n = 4 then now() end, case when n = 5 then now() end,
      case when n = 5 then 'LOG_DROPPED' end, '2026-09-01T00:00:00Z'::timestamptz + n / 2 * interval '1 hour',
      case when n > 5 then now() end
    from generate_series(0, 7) n`);
  await database.rows(sql`
    insert into webhook_delivery (endpoint_id, log, xid, position, kind, subject_kind, subject_id, subject_version,
      recorded_at, data, state, reason, attempt_count, next_attempt_at, ended_at, created_at)
    select e.id, e.log, n, n, case when n % 2 = 0 then 'call.recorded' else 'customer.changed' end,
      case when n % 2 = 0 then 'Call' else 'Customer' end, 1 + n / 3, n, '2026-09-01T00:00:00.123456Z', '{"callId": "1"}',
      (array['PENDING', 'DELIVERED', 'FAILED', 'CANCELLED'])[n % 4 + 1], case when n % 4 > 1 then E'Чому "ні"\\n' end, n,
      case when n % 4 = 0 then now() end, case when n % 4 > 0 then now() end,
      '2026-09-01T00:00:00Z'::timestamptz + n / 3 * interval '1 hour'
    from webhook_endpoint e, generate_series(1, 9) n`);
  await database.rows(sql`
    insert into webhook_attempt (delivery_id, started_at, duration_ms, status, error, excerpt)
    select d.id, '2026-09-01T00:00:00Z'::timestamptz + n / 2 * interval '1 minute', n * 100,
      case when n % 2 = 0 then 500 end, case when n < 3 then 'Немає "відповіді"' end, case when n = 2 then '{"a": "\\"}' end
    from webhook_delivery d, generate_series(1, 3) n where d.id % 3 = 0`);
}
