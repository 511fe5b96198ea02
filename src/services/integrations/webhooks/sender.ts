import { systemActor } from '../../shared/access/actor.js';
import type { Database } from '../../shared/database/database.js';
import type { Work } from '../../shared/database/work.js';
import { claimDeliveries } from './claim-deliveries.js';
import type { ClaimedDelivery } from './claimed-delivery.js';
import { cancelDelivery, endAttempt, pauseFor, releaseDelivery } from './end-attempt.js';
import { eventBody } from './event-body.js';
import { mayReceive, rightsOfOwner } from './owner-rights.js';
import { UnreadableSecret } from './secret-box.js';
import type { Webhooks } from './webhooks.js';

/** Messages that one process has under way at once. */
const MOST_UNDER_WAY = 64;
/** How long beyond the time of an attempt a message is its process's, in milliseconds. */
const LEASE_MARGIN_MS = 5_000;
/** How long those under way may take to end when the process stops, in milliseconds. */
const FAREWELL_MS = 3_000;

const ACTOR = systemActor('webhooks');
const NOT_ALLOWED = 'The partner’s key does not allow to read events of this kind any more.';
const UNREADABLE = 'Its secret cannot be read, since JWT_SECRET was changed: rotate it, and resume the endpoint.';

/** Sends what is due, side by side, never within a transaction. */
export class WebhookSender {
  readonly #underWay = new Map<Promise<void>, string>();
  readonly #stopping = new AbortController();

  /** @param onRoom called whenever a message has ended, so that there is room for more and its subject's next may go */
  constructor(
    private readonly database: Database,
    private readonly webhooks: Webhooks,
    private readonly onRoom: () => void,
    private readonly report: (error: unknown) => void,
  ) {}

  /** Begins to send what is due, as far as there is room; tells whether there may be more, at once or soon. */
  async turn(): Promise<boolean | 'soon'> {
    const free = MOST_UNDER_WAY - this.#underWay.size;
    if (free <= 0 || this.#stopping.signal.aborted) return false;
    const leaseMs = this.webhooks.timeoutMs + LEASE_MARGIN_MS;
    const busy = new Map<string, number>();
    for (const owner of this.#underWay.values()) busy.set(owner, (busy.get(owner) ?? 0) + 1);
    const { deliveries, isLeft } = await this.#transact((work) => claimDeliveries(work, { free, busy }, leaseMs));
    for (const delivery of deliveries) {
      const sending = this.#send(delivery)
        .catch(this.report)
        .finally(() => {
          this.#underWay.delete(sending);
          this.onRoom();
        });
      this.#underWay.set(sending, delivery.owner?.partnerKeyId ?? '0');
    }
    return isLeft ? 'soon' : deliveries.length > 0;
  }

  /** Waits a little for what is under way, breaks off what takes longer and gives it back. */
  async stop(): Promise<void> {
    const timer = setTimeout(() => this.#stopping.abort(), FAREWELL_MS);
    await Promise.all(this.#underWay.keys());
    clearTimeout(timer);
    this.#stopping.abort();
  }

  async #send(delivery: ClaimedDelivery): Promise<void> {
    const { event, owner, receiver } = delivery;
    const { counts } = this.webhooks;
    const rights = rightsOfOwner(owner);
    if (!mayReceive(rights, event.kind)) {
      await this.#transact((work) => cancelDelivery(work, delivery, NOT_ALLOWED));
      counts.cancelled += 1;
      return;
    }
    const { signal } = this.#stopping;
    try {
      const message = { id: delivery.messageId, body: eventBody(event, rights) };
      const sent = await this.webhooks.send(receiver, message, this.database.clock.now(), signal);
      const outcome = await this.#transact((work) => endAttempt(work, delivery, sent));
      if (outcome) counts[outcome] += 1;
    } catch (error) {
      if (error instanceof UnreadableSecret) {
        await this.#transact((work) => pauseFor(work, delivery, UNREADABLE));
      } else if (signal.aborted) {
        await this.#transact((work) => releaseDelivery(work, delivery));
      } else {
        throw error;
      }
    }
  }

  async #transact<Result>(run: (work: Work) => Promise<Result>): Promise<Result> {
    return this.database.transact(ACTOR, run);
  }
}
