import { sql } from 'kysely';
import { GapReason } from '../../../entities/shared/gap-reason.enum.js';
import type { Work } from '../../shared/database/work.js';
import { ErrorCode } from '../../shared/errors/error-code.js';
import { refuse, refuseInput } from '../../shared/errors/refusal.js';
import { decodeFeedCursor, isAfter } from '../../shared/events/feed-cursor.js';
import { FeedLog } from '../../shared/events/feed-log.js';
import { holdEndpoint, refuseRevoked } from './hold-endpoint.js';
import { endpointReplayed } from './webhooks.events.js';

const PATH = ['input', 'after'];

/** From where an endpoint is to get its events again. */
export interface ReplayWebhooks {
  readonly endpointId: string;
  /** The cursor of a message, or of a subscription: what is behind it is sent. */
  readonly after: string;
}

/**
 * Puts an endpoint back in the event log: all events of its kinds behind the cursor are sent again, those that it had
 * with the ids that they had. An endpoint that stands before the cursor stays where it is.
 *
 * @returns the endpoint's key
 * @throws Refusal with BAD_USER_INPUT for what is no cursor of this log, NOT_FOUND for an unknown endpoint and for a
 *   cursor that the log no longer reaches back to, STATE_NOT_ALLOWED where the endpoint's key was revoked
 */
export async function replayWebhooks(work: Work, input: ReplayWebhooks): Promise<string> {
  const cursor = decodeFeedCursor(input.after);
  if (!cursor) throw refuseInput(PATH, 'This is not the cursor of an event.');
  const endpoint = await holdEndpoint(work, input.endpointId, ['input', 'endpointId']);
  refuseRevoked(endpoint, ['input', 'endpointId']);
  const log = new FeedLog(work);
  const { epoch, reaches } = await log.after(cursor, 1);
  if (cursor.epoch !== epoch || !reaches) {
    const message = 'The event log does not reach back to this cursor: read the present state instead.';
    throw refuse(ErrorCode.NOT_FOUND, message, PATH);
  }
  if (isAfter(cursor, await log.end())) throw refuseInput(PATH, 'There has been no event at this cursor yet.');
  const isOfLog = endpoint.log === epoch;
  const { xid, position } = isOfLog && isAfter(cursor, endpoint) ? endpoint : cursor;
  await work.rows(sql`
    update webhook_endpoint set log = ${epoch}::uuid, xid = ${String(xid)}::bigint, position = ${String(position)}::bigint,
      gap_at = case when ${isOfLog} then gap_at else ${work.now}::timestamptz end,
      gap_reason = case when ${isOfLog} then gap_reason else ${GapReason.LOG_REPLACED} end
    where id = ${endpoint.id}`);
  await work.record([endpointReplayed(endpoint.id)]);
  return endpoint.id;
}
