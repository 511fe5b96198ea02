import { type RawBuilder, sql } from 'kysely';
import { WebhookDeliveryState } from '../../../entities/integrations/webhook-delivery-state.enum.js';
import { WebhookEndpointState } from '../../../entities/integrations/webhook-endpoint-state.enum.js';
import type { Work } from '../../shared/database/work.js';
import { delayAfter, readRetryAfter } from './back-off.js';
import { afterFailure, CLOSED, paused } from './circuit.js';
import type { ClaimedDelivery } from './claimed-delivery.js';
import { holdCircuit, hurryDeliveries, moveCircuit, peekCircuit } from './endpoint-circuit.js';
import type { Sent } from './post-message.js';

/** What an attempt came to. */
export type AttemptOutcome = 'delivered' | 'retried' | 'failed';

/**
 * Writes down what came of an attempt: the log of it, whether and when it is tried again, and the endpoint's circuit.
 *
 * @returns undefined when the message is this process's no more: its lease ran out, or its endpoint was removed
 */
export async function endAttempt(
  work: Work,
  delivery: ClaimedDelivery,
  sent: Sent,
): Promise<AttemptOutcome | undefined> {
  if (sent.error === null) return (await endDelivered(work, delivery, sent)) ? 'delivered' : undefined;
  const circuit = await holdCircuit(work, delivery.endpointId);
  if (!circuit) return undefined;
  const delay = delayAfter(delivery.attempts, readRetryAfter(sent.retryAfter, work.now), Math.random());
  const next =
    delay === undefined
      ? sql`state = ${WebhookDeliveryState.FAILED}, reason = ${`${delivery.attempts} attempts have failed. ${sent.error}`},
          next_attempt_at = null, ended_at = ${work.now}::timestamptz`
      : sql`next_attempt_at = ${new Date(work.now.getTime() + delay)}::timestamptz`;
  if (!(await endWith(work, delivery, next, sent))) return undefined;
  const after = afterFailure(circuit, { isProbe: delivery.isProbe, status: sent.status }, work.now);
  await moveCircuit(work, delivery.endpointId, circuit, after);
  return delay === undefined ? 'failed' : 'retried';
}

/** An endpoint that nothing is known against is not locked: what is taken from the log for it need not wait. */
async function endDelivered(work: Work, delivery: ClaimedDelivery, sent: Sent): Promise<boolean> {
  const { endpointId } = delivery;
  const isClean = (await peekCircuit(work, endpointId))?.failures === 0;
  const circuit = isClean ? CLOSED : await holdCircuit(work, endpointId);
  if (!circuit) return false;
  const done = sql`state = ${WebhookDeliveryState.DELIVERED}, reason = null, next_attempt_at = null,
    ended_at = ${work.now}::timestamptz`;
  if (!(await endWith(work, delivery, done, sent))) return false;
  if (circuit.failures === 0 || circuit.state === WebhookEndpointState.PAUSED) return true;
  await moveCircuit(work, endpointId, circuit, CLOSED);
  if (circuit.state === WebhookEndpointState.SUSPENDED) await hurryDeliveries(work, endpointId, work.now, 'unanswered');
  return true;
}

/** Ends the lease with what the message becomes, and logs the attempt; false where the lease is another's. */
async function endWith(work: Work, delivery: ClaimedDelivery, set: RawBuilder<unknown>, sent: Sent): Promise<boolean> {
  const { startedAt, durationMs, status, error, excerpt } = sent;
  const ended = await work.rows(sql`
    with ended as (
      update webhook_delivery set ${set}, locked_until = null, lease = null
      where id = ${delivery.id} and lease = ${delivery.lease}::uuid returning id)
    insert into webhook_attempt (delivery_id, started_at, duration_ms, status, error, excerpt)
    select id, ${startedAt}::timestamptz, ${durationMs}::integer, ${status}::integer, ${error}::text, ${excerpt}::text
    from ended returning id`);
  return ended.length > 0;
}

/** Ends a message that is not to be sent after all, and says why. */
export async function cancelDelivery(work: Work, { id, lease }: ClaimedDelivery, reason: string): Promise<void> {
  await work.rows(sql`
    update webhook_delivery set state = ${WebhookDeliveryState.CANCELLED}, reason = ${reason}, next_attempt_at = null,
      locked_until = null, lease = null, ended_at = ${work.now}::timestamptz
    where id = ${id} and lease = ${lease}::uuid`);
}

/** Gives a message back that nothing was done about: it is sent as if this process had never had it. */
export async function releaseDelivery(work: Work, { id, lease }: ClaimedDelivery): Promise<void> {
  await work.rows(sql`
    update webhook_delivery set attempt_count = attempt_count - 1, locked_until = null, lease = null
    where id = ${id} and lease = ${lease}::uuid`);
}

/** Pauses an endpoint that cannot go on by itself, and gives the message back. */
export async function pauseFor(work: Work, delivery: ClaimedDelivery, reason: string): Promise<void> {
  const circuit = await holdCircuit(work, delivery.endpointId);
  if (circuit) await moveCircuit(work, delivery.endpointId, circuit, paused(circuit.failures, reason));
  await releaseDelivery(work, delivery);
}
