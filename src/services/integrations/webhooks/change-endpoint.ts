import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { z } from 'zod';
import { WebhookEndpointState } from '../../../entities/integrations/webhook-endpoint-state.enum.js';
import { rightsOf } from '../../shared/access/rights.js';
import type { Work } from '../../shared/database/work.js';
import { parseInput } from '../../shared/errors/parse-input.js';
import { CLOSED, paused } from './circuit.js';
import { hurryDeliveries, keepCircuit } from './endpoint-circuit.js';
import { checkKinds, endpointDescription, endpointKinds, endpointUrl } from './endpoint-input.js';
import { type HeldEndpoint, holdEndpoint, refuseRevoked } from './hold-endpoint.js';
import { rightsOfOwner } from './owner-rights.js';
import { endpointChanged } from './webhooks.events.js';

/** What of an endpoint is to be otherwise; what is left out stays. */
export interface ChangeWebhookEndpoint {
  readonly endpointId: string;
  readonly url?: string | null | undefined;
  readonly eventKinds?: readonly string[] | null | undefined;
  /** Empty for none. */
  readonly description?: string | null | undefined;
  /** False also closes an open circuit, and sends what waits at once. */
  readonly paused?: boolean | null | undefined;
}

const schema = z.object({
  url: endpointUrl.nullish(),
  eventKinds: endpointKinds.nullish(),
  description: endpointDescription.nullish(),
  paused: z.boolean().nullish(),
});

/**
 * Changes an endpoint. Messages that wait go to the new URL; events of new kinds are sent from now on; while it is
 * paused, events stay in the log, and are sent when it goes on.
 *
 * @returns the endpoint's key
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, STATE_NOT_ALLOWED to resume one whose key was revoked
 */
export async function changeWebhookEndpoint(work: Work, input: ChangeWebhookEndpoint): Promise<string> {
  const wanted = parseInput(schema, input);
  const endpoint = await holdEndpoint(work, input.endpointId, ['input', 'endpointId']);
  const { id, owner } = endpoint;
  if (wanted.eventKinds) checkKinds(owner ? rightsOfOwner(owner) : rightsOf(work.actor), wanted.eventKinds);
  const after = {
    url: wanted.url ?? endpoint.url,
    eventKinds: wanted.eventKinds ?? [...endpoint.kinds],
    description: wanted.description === undefined ? endpoint.description : wanted.description,
  };
  await work.rows(sql`
    update webhook_endpoint set url = ${after.url}, event_kinds = ${after.eventKinds}, description = ${after.description}
    where id = ${id}`);
  const state = await setPaused(work, endpoint, wanted.paused ?? undefined);
  const { url, kinds, description } = endpoint;
  const before = { url, eventKinds: kinds, description, state: endpoint.state };
  if (!isDeepStrictEqual(before, { ...after, state }))
    await work.record([endpointChanged(id, before, { ...after, state })]);
  return id;
}

async function setPaused(
  work: Work,
  endpoint: HeldEndpoint,
  isPaused: boolean | undefined,
): Promise<WebhookEndpointState> {
  const { id, state } = endpoint;
  if (isPaused === true && state !== WebhookEndpointState.PAUSED) {
    await keepCircuit(work, id, paused(0, null));
    return WebhookEndpointState.PAUSED;
  }
  if (isPaused === false && state !== WebhookEndpointState.ACTIVE) {
    refuseRevoked(endpoint, ['input', 'paused']);
    await keepCircuit(work, id, CLOSED);
    await hurryDeliveries(work, id, work.now, 'all');
    return WebhookEndpointState.ACTIVE;
  }
  return state;
}
