import { type RawBuilder, sql } from 'kysely';
import { WebhookDeliveryState } from '../../../entities/integrations/webhook-delivery-state.enum.js';
import type { WebhookEndpointState } from '../../../entities/integrations/webhook-endpoint-state.enum.js';
import type { SqlExecutor } from '../../shared/database/sql-executor.js';
import type { Work } from '../../shared/database/work.js';
import type { Circuit } from './circuit.js';
import { endpointMoved } from './webhooks.events.js';

interface CircuitRow {
  state: WebhookEndpointState;
  state_reason: string | null;
  failures: number;
  trips: number;
  suspended_since: string | null;
  suspended_until: string | null;
}

/** Reads an endpoint's circuit under the endpoint's lock; undefined for one that is gone. */
export async function holdCircuit(db: SqlExecutor, endpointId: string): Promise<Circuit | undefined> {
  return readCircuit(db, endpointId, sql`for no key update`);
}

/** Reads an endpoint's circuit as it is at the moment; undefined for one that is gone. */
export async function peekCircuit(db: SqlExecutor, endpointId: string): Promise<Circuit | undefined> {
  return readCircuit(db, endpointId, sql``);
}

async function readCircuit(
  db: SqlExecutor,
  endpointId: string,
  lock: RawBuilder<unknown>,
): Promise<Circuit | undefined> {
  const [row] = await db.rows(sql<CircuitRow>`
    select state, state_reason, failures, trips, suspended_since, suspended_until
    from webhook_endpoint where id = ${endpointId} and removed_at is null ${lock}`);
  if (!row) return undefined;
  const dateOf = (text: string | null) => (text === null ? null : new Date(text));
  return {
    state: row.state,
    stateReason: row.state_reason,
    failures: row.failures,
    trips: row.trips,
    suspendedSince: dateOf(row.suspended_since),
    suspendedUntil: dateOf(row.suspended_until),
  };
}

/** Writes an endpoint's circuit; whose doing it is, the caller records. */
export async function keepCircuit(db: SqlExecutor, endpointId: string, circuit: Circuit): Promise<void> {
  const { state, stateReason, failures, trips, suspendedSince, suspendedUntil } = circuit;
  await db.rows(sql`
    update webhook_endpoint set state = ${state}, state_reason = ${stateReason}, failures = ${failures}, trips = ${trips},
      suspended_since = ${suspendedSince}::timestamptz, suspended_until = ${suspendedUntil}::timestamptz
    where id = ${endpointId}`);
}

/** Writes what an endpoint's circuit became by itself; its history tells of it where the state is another. */
export async function moveCircuit(work: Work, endpointId: string, before: Circuit, after: Circuit): Promise<void> {
  await keepCircuit(work, endpointId, after);
  if (after.state !== before.state) await work.record([endpointMoved(endpointId, before.state, after.state)]);
}

/**
 * Has what waits for an endpoint sent at once: its receiver is well again.
 *
 * @param which all, or only what had no answer at its last attempt: an answer was about the message itself, whose back-off
 *   is not to be used up early
 */
export async function hurryDeliveries(
  db: SqlExecutor,
  endpointId: string,
  now: Date,
  which: 'all' | 'unanswered',
): Promise<void> {
  const isWanted =
    which === 'all'
      ? sql`true`
      : sql`(select a.status from webhook_attempt a where a.delivery_id = d.id
          order by a.started_at desc, a.id desc limit 1) is null`;
  await db.rows(sql`
    update webhook_delivery d set next_attempt_at = ${now}::timestamptz
    where d.endpoint_id = ${endpointId} and d.state = ${WebhookDeliveryState.PENDING}
      and d.next_attempt_at > ${now}::timestamptz and ${isWanted}`);
}
