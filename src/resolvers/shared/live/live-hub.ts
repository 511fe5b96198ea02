import { accessChanged, concerns } from '../../../services/identity/access-changes.js';
import { OPERATION_RULES } from '../../../services/operation-rules.js';
import type { Actor } from '../../../services/shared/access/actor.js';
import { denialOf } from '../../../services/shared/access/operation-rule.js';
import { ErrorCode } from '../../../services/shared/errors/error-code.js';
import { refuse } from '../../../services/shared/errors/refusal.js';
import type { FeedEvent } from '../../../services/shared/events/event.js';
import { encodeFeedCursor, type FeedCursor } from '../../../services/shared/events/feed-cursor.js';
import { FeedLog } from '../../../services/shared/events/feed-log.js';
import type { FeedConsumer } from '../../../services/shared/live/feed-follower.js';
import { FeedPages } from '../../../services/shared/live/feed-pages.js';
import type { GapReason } from '../../../services/shared/live/gap-reason.js';
import { CatchingUp } from './catching-up.js';
import type { Channel } from './channel.js';
import type { LiveOperation } from './live-operation.js';
import { gapRow } from './live-row.js';
import type { LiveSession } from './live-session.js';
import { type LiveRequest, type LiveSource, LiveSubscription } from './live-subscription.js';
import type { LiveVariables, MessageTools } from './message-maker.js';
import { OpenChannels } from './open-channels.js';

/** What the hub is held to. */
export interface LiveLimits {
  /** Messages that may wait for one subscription. */
  readonly queued: number;
  /** Subscriptions of one user, customer or partner. */
  readonly subscriptionsOfOne: number;
}

/**
 * All subscriptions of one process: it hands each event of the log to those who follow it and may see it.
 *
 * A change of rights stands in the log too: what is behind it is shown by the rights that hold then.
 */
export class LiveHub implements FeedConsumer, LiveSource {
  readonly log: FeedLog;
  readonly catchingUp: CatchingUp;
  readonly #channels: OpenChannels;
  readonly #sessionOf = new Map<LiveSubscription, LiveSession>();
  readonly #ofActor = new Map<string, number>();
  /** Sessions with subscriptions that are being opened, and how many. */
  readonly #opening = new Map<LiveSession, number>();
  #place: FeedCursor | undefined;

  constructor(
    private readonly tools: MessageTools,
    private readonly limits: LiveLimits,
  ) {
    this.log = new FeedLog(tools.house.database);
    this.catchingUp = new CatchingUp({ pages: new FeedPages(this.log), place: () => this.place() });
    this.#channels = new OpenChannels(tools);
    tools.house.feed.handTo(this);
  }

  /** How many subscriptions there are. */
  get subscriptions(): number {
    let open = 0;
    for (const subscription of this.#sessionOf.keys()) if (subscription.isOpen) open += 1;
    return open;
  }

  /** How many groups of them share their messages. */
  get channels(): number {
    return this.#channels.size;
  }

  get listening(): boolean {
    return this.#sessionOf.size > 0 || this.#opening.size > 0;
  }

  report(error: unknown): void {
    this.tools.report(error);
  }

  /**
   * Begins a subscription.
   *
   * @throws Refusal for who may not follow, for one too many, and for an argument that is none
   * @throws GraphQLError for an argument that GraphQL itself refuses
   */
  async open(session: LiveSession, request: LiveRequest): Promise<LiveSubscription> {
    this.#opening.set(session, (this.#opening.get(session) ?? 0) + 1);
    try {
      // From here on a change of rights is seen; what was known before may be out of date.
      await this.place();
      await session.refresh();
      return await this.#begin(session, request);
    } finally {
      const left = this.#opening.get(session)! - 1;
      if (left > 0) this.#opening.set(session, left);
      else this.#opening.delete(session);
    }
  }

  /** Lets go of a subscription that has ended. */
  forget(subscription: LiveSubscription): void {
    const session = this.#sessionOf.get(subscription);
    if (!session) return;
    this.#sessionOf.delete(subscription);
    session.subscriptions = session.subscriptions.filter((one) => one !== subscription);
    this.#count(subscription.owner, -1);
  }

  async take(events: readonly FeedEvent[], epoch: string): Promise<void> {
    let ordinary: FeedEvent[] = [];
    for (const event of events) {
      const change = accessChanged(event);
      if (!change) {
        ordinary.push(event);
        continue;
      }
      this.#offer(ordinary, epoch);
      ordinary = [];
      await this.#refresh((actor) => concerns(change, actor));
      this.#offer([event], epoch);
    }
    this.#offer(ordinary, epoch);
  }

  async miss(reason: GapReason, from: FeedCursor): Promise<void> {
    // Whatever was missed may have been a change of rights.
    await this.#refresh(() => true);
    this.#place = from;
    for (const channel of this.#channels) channel.offer([{ place: from, data: undefined, row: gapRow(reason, from) }]);
  }

  rest(): void {
    this.#place = undefined;
  }

  /** The place behind which everything is still to be handed on; undefined while nothing is followed. */
  get placeNow(): FeedCursor | undefined {
    return this.#place;
  }

  /** The same, followed from now on. */
  async place(): Promise<FeedCursor> {
    if (this.#place) return this.#place;
    const begun = await this.tools.house.feed.begin();
    if (!this.#place) {
      this.#place = begun;
      // Changes of rights were not seen until now.
      this.tools.house.authenticator.forget();
    }
    return this.#place;
  }

  channelFor(operation: LiveOperation, variables: LiveVariables, actor: Actor): Promise<Channel> {
    return this.#channels.use(operation, variables, actor);
  }

  release(channel: Channel): void {
    this.#channels.release(channel);
  }

  async #begin(session: LiveSession, request: LiveRequest): Promise<LiveSubscription> {
    const { actor } = session;
    this.#check(actor, request);
    const subscription = new LiveSubscription(this, request, actor, this.limits.queued);
    this.#sessionOf.set(subscription, session);
    session.subscriptions = [...session.subscriptions, subscription];
    this.#count(actor, 1);
    try {
      await subscription.start();
    } catch (error) {
      subscription.stop();
      throw error;
    }
    return subscription;
  }

  #check(actor: Actor, { operation, variables }: LiveRequest): void {
    const denial = denialOf(actor, operation.rule, OPERATION_RULES[operation.rule]);
    if (denial) throw denial;
    operation.following.wanted(actor, operation.argumentsWith(variables.coerced) as never);
    const most = this.limits.subscriptionsOfOne;
    if ((this.#ofActor.get(actor.key) ?? 0) < most) return;
    throw refuse(ErrorCode.LIMIT_EXCEEDED, `You may have at most ${most} subscriptions at once.`);
  }

  #count({ key }: Actor, by: number): void {
    const count = (this.#ofActor.get(key) ?? 0) + by;
    if (count > 0) this.#ofActor.set(key, count);
    else this.#ofActor.delete(key);
  }

  #offer(events: readonly FeedEvent[], epoch: string): void {
    const last = events.at(-1);
    if (!last) return;
    this.#place = { epoch, xid: last.xid, position: last.position };
    const cursors = events.map((event) => encodeFeedCursor(epoch, event));
    for (const channel of this.#channels) channel.offerEvents(events, cursors);
  }

  async #refresh(concerned: (actor: Actor) => boolean): Promise<void> {
    this.tools.house.authenticator.forget();
    const known = new Set([...this.#sessionOf.values(), ...this.#opening.keys()]);
    const sessions = [...known].filter(({ actor }) => concerned(actor));
    await Promise.all(sessions.flatMap(({ subscriptions }) => subscriptions.map((one) => one.settled())));
    await Promise.all(sessions.map((session) => session.refresh()));
  }
}
