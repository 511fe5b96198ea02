import { WebhookEndpointState } from '../../../entities/integrations/webhook-endpoint-state.enum.js';
import type { KeptEvent } from './event-body.js';
import type { Owner } from './owner-rights.js';
import type { Receiver } from './webhooks.js';

/** A message that this process is to send now, alone. */
export interface ClaimedDelivery {
  readonly id: string;
  /** What proves that it is still this process's. */
  readonly lease: string;
  readonly endpointId: string;
  readonly messageId: string;
  /** This one is counted. */
  readonly attempts: number;
  /** Whether the endpoint's circuit is open, and this the attempt that tells whether it may close. */
  readonly isProbe: boolean;
  readonly event: KeptEvent;
  readonly receiver: Receiver;
  readonly owner: Owner;
}

/** It, as the database gives it. */
export interface ClaimedRow extends Omit<KeptEvent, 'recordedAt'> {
  id: string;
  lease: string;
  endpoint_id: string;
  message_id: string;
  attempt_count: number;
  recorded_at: string;
  state: WebhookEndpointState;
  url: string;
  secret: string;
  previous_secret: string | null;
  previous_secret_until: string | null;
  partner_key_id: string | null;
  scopes: string[] | null;
  revoked: boolean;
}

/** Reads it from its row. */
export function claimedOf(row: ClaimedRow): ClaimedDelivery {
  const { log, xid, position, kind, subjectKind, subjectId, subjectVersion, data } = row;
  const { url, secret, previous_secret, previous_secret_until, partner_key_id, scopes, revoked } = row;
  return {
    id: row.id,
    lease: row.lease,
    endpointId: row.endpoint_id,
    messageId: row.message_id,
    attempts: row.attempt_count,
    isProbe: row.state === WebhookEndpointState.SUSPENDED,
    event: {
      log,
      xid,
      position,
      kind,
      subjectKind,
      subjectId,
      subjectVersion,
      recordedAt: new Date(row.recorded_at),
      data,
    },
    receiver: {
      url,
      secret,
      previousSecret: previous_secret,
      previousSecretUntil: previous_secret_until === null ? null : new Date(previous_secret_until),
    },
    owner: partner_key_id === null ? null : { partnerKeyId: partner_key_id, scopes: scopes ?? [], revoked },
  };
}
