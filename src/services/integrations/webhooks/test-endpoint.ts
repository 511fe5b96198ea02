import { randomUUID } from 'node:crypto';
import { Permission } from '../../../entities/identity/permission.enum.js';
import type { Work } from '../../shared/database/work.js';
import { ErrorCode } from '../../shared/errors/error-code.js';
import { refuse } from '../../shared/errors/refusal.js';
import { holdEndpoint } from './hold-endpoint.js';
import { rightsOfOwner } from './owner-rights.js';
import type { Sent } from './post-message.js';
import { UnreadableSecret } from './secret-box.js';
import type { Webhooks } from './webhooks.js';

/** Which endpoint is to be tried. */
export interface TestWebhookEndpoint {
  readonly endpointId: string;
}

const PATH = ['input', 'endpointId'];
/** So many tests may be under way in one process. */
const MOST_TESTS = 16;
const underWay = new WeakMap<Webhooks, Set<string>>();

/**
 * Sends a signed `webhook.test` message to an endpoint now, in whatever state it is, and says what came of it; it is not
 * in the log of deliveries.
 *
 * @param read runs a use case in a transaction of its own: nothing is sent within it
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, RATE_LIMITED while another test of it, or several of its owner's, are
 *   under way, STATE_NOT_ALLOWED where its key may have no webhooks any more or the secret cannot be read
 */
export async function testWebhookEndpoint(
  webhooks: Webhooks,
  read: <Result>(run: (work: Work) => Promise<Result>) => Promise<Result>,
  { endpointId }: TestWebhookEndpoint,
): Promise<Sent> {
  const { receiver, now } = await read(async (work) => ({
    receiver: await holdEndpoint(work, endpointId, PATH),
    now: work.now,
  }));
  const tests = underWay.get(webhooks) ?? new Set();
  underWay.set(webhooks, tests);
  if (!rightsOfOwner(receiver.owner).permissions.has(Permission.WEBHOOKS_MANAGE)) {
    throw refuse(ErrorCode.STATE_NOT_ALLOWED, 'Its key was revoked, or its scopes do not allow webhooks.', PATH);
  }
  if (tests.has(endpointId) || tests.size >= MOST_TESTS) {
    throw refuse(ErrorCode.RATE_LIMITED, 'Another test is under way: wait for its end.', PATH);
  }
  tests.add(endpointId);
  try {
    const message = { type: 'webhook.test', timestamp: now.toISOString(), data: { endpointId } };
    const { signal } = new AbortController();
    return await webhooks.tests.run(receiver.owner?.partnerKeyId ?? '', PATH, () =>
      webhooks.send(receiver, { id: randomUUID(), body: JSON.stringify(message) }, now, signal),
    );
  } catch (error) {
    if (!(error instanceof UnreadableSecret)) throw error;
    throw refuse(ErrorCode.STATE_NOT_ALLOWED, 'Its secret cannot be read any more: rotate it.', PATH);
  } finally {
    tests.delete(endpointId);
  }
}
