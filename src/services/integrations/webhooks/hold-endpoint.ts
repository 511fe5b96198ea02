import { sql } from 'kysely';
import type { WebhookEndpointState } from '../../../entities/integrations/webhook-endpoint-state.enum.js';
import type { Work } from '../../shared/database/work.js';
import { ErrorCode } from '../../shared/errors/error-code.js';
import { refuse } from '../../shared/errors/refusal.js';
import { keyOf } from '../../shared/ids/global-id.js';
import type { Owner } from './owner-rights.js';
import type { Receiver } from './webhooks.js';

/** An endpoint as use cases see it, locked for their transaction. */
export interface HeldEndpoint extends Receiver {
  readonly id: string;
  readonly description: string | null;
  readonly kinds: readonly string[];
  readonly state: WebhookEndpointState;
  readonly log: string;
  readonly xid: bigint;
  readonly position: bigint;
  readonly owner: Owner;
}

interface EndpointRow {
  id: string;
  url: string;
  description: string | null;
  event_kinds: string[];
  state: WebhookEndpointState;
  secret: string;
  previous_secret: string | null;
  previous_secret_until: string | null;
  log: string;
  xid: string;
  position: string;
  partner_key_id: string | null;
  scopes: string[] | null;
  revoked: boolean;
}

/**
 * Locks an endpoint that the actor may manage: a partner's key its own.
 *
 * @param path of the input's field, for the error
 * @throws Refusal with BAD_USER_INPUT for what is no id of an endpoint, NOT_FOUND
 */
export async function holdEndpoint(work: Work, globalId: string, path: readonly string[]): Promise<HeldEndpoint> {
  const { actor } = work;
  const id = keyOf('WebhookEndpoint', globalId, path);
  const own = actor.kind === 'partner' ? sql`and e.partner_key_id = ${actor.partnerKeyId}` : sql``;
  const [row] = await work.rows(sql<EndpointRow>`
    select e.id, e.url, e.description, e.event_kinds, e.state, e.secret, e.previous_secret, e.previous_secret_until,
      e.log, e.xid, e.position, e.partner_key_id, k.scopes, k.revoked_at is not null as revoked
    from webhook_endpoint e left join partner_key k on k.id = e.partner_key_id
    where e.id = ${id} and e.removed_at is null ${own} for no key update of e`);
  if (!row) throw refuse(ErrorCode.NOT_FOUND, 'There is no such webhook endpoint.', path);
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    kinds: row.event_kinds,
    state: row.state,
    secret: row.secret,
    previousSecret: row.previous_secret,
    previousSecretUntil: row.previous_secret_until === null ? null : new Date(row.previous_secret_until),
    log: row.log,
    xid: BigInt(row.xid),
    position: BigInt(row.position),
    owner:
      row.partner_key_id === null
        ? null
        : { partnerKeyId: row.partner_key_id, scopes: row.scopes ?? [], revoked: row.revoked },
  };
}

/**
 * Refuses to have an endpoint sent anything: one whose key was revoked is paused for good, and what waited for it would
 * wait for ever.
 *
 * @throws Refusal with STATE_NOT_ALLOWED
 */
export function refuseRevoked({ owner }: HeldEndpoint, path: readonly string[]): void {
  if (owner?.revoked) throw refuse(ErrorCode.STATE_NOT_ALLOWED, 'Its key was revoked.', path);
}
