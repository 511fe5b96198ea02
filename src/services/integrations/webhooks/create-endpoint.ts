import { sql } from 'kysely';
import { z } from 'zod';
import { Permission } from '../../../entities/identity/permission.enum.js';
import { rightsOf } from '../../shared/access/rights.js';
import type { Work } from '../../shared/database/work.js';
import { ErrorCode } from '../../shared/errors/error-code.js';
import { parseInput } from '../../shared/errors/parse-input.js';
import { refuse } from '../../shared/errors/refusal.js';
import { FeedLog } from '../../shared/events/feed-log.js';
import { idInput } from '../../shared/ids/id-input.js';
import { checkKinds, endpointDescription, endpointKinds, endpointUrl } from './endpoint-input.js';
import { type Owner, rightsOfOwner } from './owner-rights.js';
import { type Revealed, revealOnce } from './reveal-once.js';
import type { SecretBox } from './secret-box.js';
import { makeWebhookSecret } from './sign-message.js';
import { endpointCreated } from './webhooks.events.js';

/** So many endpoints one partner's key, or the organisation itself, may have. */
const MOST_ENDPOINTS = 20;

/** Where which events are to be sent. */
export interface CreateWebhookEndpoint {
  readonly url: string;
  /** Such as `call.recorded`. */
  readonly eventKinds: readonly string[];
  readonly description?: string | null | undefined;
  /** Global id of the partner's key whose it is to be; a partner's own when left out, else the organisation's. */
  readonly partnerKeyId?: string | null | undefined;
  readonly idempotencyKey: string;
}

const schema = z.object({
  url: endpointUrl,
  eventKinds: endpointKinds,
  description: endpointDescription.nullish(),
  partnerKeyId: idInput('PartnerKey').nullish(),
});

/**
 * Makes an endpoint that gets events from now on; its secret is given here and never again. Where its URL goes has been
 * checked before (`checkTarget`). A repeat with the same key makes no other, and shows the same secret.
 *
 * @returns the endpoint's key, and the secret
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND for a key that is unknown or another partner's, STATE_NOT_ALLOWED for
 *   one that has no right to webhooks, LIMIT_EXCEEDED, IDEMPOTENCY_MISMATCH
 */
export async function createWebhookEndpoint(
  work: Work,
  secrets: SecretBox,
  input: CreateWebhookEndpoint,
): Promise<Revealed> {
  return revealOnce(work, secrets, 'createWebhookEndpoint', input, () => makeEndpoint(work, secrets, input));
}

async function makeEndpoint(work: Work, secrets: SecretBox, input: CreateWebhookEndpoint) {
  const { url, eventKinds, description, partnerKeyId } = parseInput(schema, input);
  const owner = await findOwner(work, partnerKeyId ?? undefined);
  checkKinds(owner ? rightsOfOwner(owner) : rightsOf(work.actor), eventKinds);
  await checkRoom(work, owner);
  const secret = makeWebhookSecret();
  const { epoch, xid, position } = await new FeedLog(work).end();
  const [made] = await work.rows(sql<{ id: string }>`
    insert into webhook_endpoint (partner_key_id, url, description, event_kinds, secret, log, xid, position, created_at)
    values (${owner?.partnerKeyId ?? null}, ${url}, ${description ?? null}, ${eventKinds}, ${secrets.seal(secret)},
      ${epoch}, ${String(xid)}, ${String(position)}, ${work.now})
    returning id`);
  await work.record([endpointCreated(made!.id, { url, eventKinds, description: description ?? null })]);
  return [{ endpointId: made!.id }, secret] as const;
}

async function findOwner(work: Work, partnerKeyId: string | undefined): Promise<Owner> {
  const { actor } = work;
  const path = ['input', 'partnerKeyId'];
  const unknown = () => refuse(ErrorCode.NOT_FOUND, 'There is no such partner key.', path);
  if (actor.kind === 'partner' && partnerKeyId !== undefined && partnerKeyId !== actor.partnerKeyId) throw unknown();
  const id = actor.kind === 'partner' ? actor.partnerKeyId : partnerKeyId;
  if (id === undefined) return null;
  const [key] = await work.rows(sql<{ scopes: string[]; revoked: boolean }>`
    select scopes, revoked_at is not null as revoked from partner_key where id = ${id}`);
  if (!key) throw unknown();
  const owner = { partnerKeyId: id, ...key };
  if (!rightsOfOwner(owner).permissions.has(Permission.WEBHOOKS_MANAGE)) {
    throw refuse(ErrorCode.STATE_NOT_ALLOWED, 'This key was revoked, or its scopes do not allow webhooks.', path);
  }
  return owner;
}

/** Keeps to the bound also where endpoints are made at the same time. */
async function checkRoom(work: Work, owner: Owner): Promise<void> {
  await work.rows(sql`select pg_advisory_xact_lock(hashtext('webhook_endpoint'))`);
  const [row] = await work.rows(sql<{ count: number }>`
    select count(*)::integer as count from webhook_endpoint
    where removed_at is null and partner_key_id is not distinct from ${owner?.partnerKeyId ?? null}`);
  if (row!.count < MOST_ENDPOINTS) return;
  throw refuse(ErrorCode.LIMIT_EXCEEDED, `There can be at most ${MOST_ENDPOINTS} webhook endpoints.`, ['input']);
}
