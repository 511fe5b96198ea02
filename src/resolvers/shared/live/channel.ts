import type { Actor } from '../../../services/shared/access/actor.js';
import type { FeedEvent } from '../../../services/shared/events/event.js';
import { encodeFeedCursor, type FeedPosition } from '../../../services/shared/events/feed-cursor.js';
import { Audience, type Listener, type LiveItem, Membership } from './audience.js';
import type { LiveOperation } from './live-operation.js';
import { eventRow } from './live-row.js';
import { identityOf, type MessageMaker, type MessageRequest } from './message-maker.js';
import type { Payload } from './payload.js';

/** Items whose messages are made and sent together at most: a socket that reads keeps up with so many. */
const MOST_AT_ONCE = 500;
/** Items that wait for one channel at most; beyond it all of its listeners begin anew. */
const MOST_WAITING = 20_000;

/** The message of an event. */
export interface Made {
  readonly place: FeedPosition;
  readonly payload: Payload;
}

interface Seen {
  readonly audience: Audience;
  readonly items: readonly LiveItem[];
}

/**
 * Those who follow the same operation with the same variables and the same rights: each message that is the same for
 * several of them is made once.
 *
 * Batches are made one after the other, so that order holds; no channel waits for another.
 */
export class Channel {
  readonly #audiences = new Map<string, Audience>();
  #waiting: LiveItem[] = [];
  #running: Promise<void> | undefined;

  constructor(
    private readonly operation: LiveOperation,
    readonly maker: MessageMaker,
    private readonly args: Readonly<Record<string, unknown>>,
    private readonly report: (error: unknown) => void,
  ) {}

  /**
   * Lets a listener in: it gets what is behind a place.
   *
   * @throws Refusal for an argument that is none
   */
  join(listener: Listener, actor: Actor, from: FeedPosition): Membership {
    const key = identityOf(actor);
    const audience = this.#audiences.get(key) ?? this.#makeAudience(key, actor);
    const member = new Membership(this, audience, listener, from);
    audience.members.add(member);
    this.#audiences.set(key, audience);
    return member;
  }

  /** Lets a listener go. */
  remove(member: Membership): void {
    const { key, members } = member.audience;
    members.delete(member);
    if (members.size === 0) this.#audiences.delete(key);
  }

  /** The message of a gap for one who is not among the listeners yet. */
  async makeGap(actor: Actor, { row }: LiveItem): Promise<Payload[]> {
    return this.maker.make([{ row, actor, group: this.maker.groupOf(actor) }]);
  }

  /** Messages of events for some who are not among the listeners yet; what one may not see or does not want is not theirs. */
  async makeForAll(actors: readonly Actor[], events: readonly FeedEvent[], epoch: string): Promise<Map<Actor, Made[]>> {
    const audiences = new Map<string, Audience>();
    for (const actor of actors) entry(audiences, identityOf(actor), (key) => this.#makeAudience(key, actor));
    const items = this.#itemsOf(events, (event) => encodeFeedCursor(epoch, event));
    const seen = seenBy(audiences.values(), items);
    const messages = await this.#make(seen);
    const made = new Map(
      seen.map(({ audience: { key, group }, items: theirs }) => [
        key,
        theirs.map((item): Made => ({ place: item.place, payload: messages.get(group)!.get(item)! })),
      ]),
    );
    return new Map(actors.map((actor) => [actor, made.get(identityOf(actor))!]));
  }

  /** Takes events that stand behind all that were taken before, with their cursors. */
  offerEvents(events: readonly FeedEvent[], cursors: readonly string[]): void {
    if (this.#audiences.size === 0) return;
    try {
      this.offer(this.#itemsOf(events, (_event, i) => cursors[i]!));
    } catch (error) {
      this.report(error);
      this.#failAll();
    }
  }

  /** Takes items that stand behind all that were taken before. */
  offer(items: readonly LiveItem[]): void {
    if (items.length === 0) return;
    this.#waiting.push(...items);
    if (this.#waiting.length > MOST_WAITING) {
      this.#waiting = [];
      this.#failAll();
    }
    this.#running ??= this.#run();
  }

  /** Whether something was offered that has not been delivered. */
  get isBusy(): boolean {
    return this.#running !== undefined;
  }

  /** Resolves when all that was offered so far has been delivered. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /** What the operation reads of events. */
  #itemsOf(events: readonly FeedEvent[], cursorOf: (event: FeedEvent, i: number) => string): LiveItem[] {
    return events.flatMap((event, i) => {
      const data = this.operation.following.read(event);
      return data ? [{ place: event, data, row: eventRow(cursorOf(event, i), data) }] : [];
    });
  }

  #makeAudience(key: string, actor: Actor): Audience {
    const { following } = this.operation;
    const wanted = following.wanted(actor, this.args as never);
    const sees = ({ data }: LiveItem) => data === undefined || (wanted(data) && following.allowed(actor, data));
    return new Audience(key, actor, this.maker.groupOf(actor), sees);
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const items = this.#waiting.splice(0, MOST_AT_ONCE);
      try {
        await this.#deliver(items);
      } catch (error) {
        this.report(error);
        this.#failAll();
      }
    }
    this.#running = undefined;
  }

  async #deliver(items: readonly LiveItem[]): Promise<void> {
    const seen = seenBy(this.#audiences.values(), items);
    const messages = await this.#make(seen);
    for (const { audience, items: theirs } of seen) {
      const payloads = theirs.map((item) => messages.get(audience.group)!.get(item)!);
      for (const member of audience.members) member.deliver(theirs, payloads);
    }
  }

  /** Makes each message once for each group that wants it. */
  async #make(seen: readonly Seen[]): Promise<Map<string, Map<LiveItem, Payload>>> {
    const requests: MessageRequest[] = [];
    const places: { readonly messages: Map<LiveItem, Payload>; readonly item: LiveItem }[] = [];
    const byGroup = new Map<string, Map<LiveItem, Payload>>();
    const asked = new Map<string, Set<LiveItem>>();
    for (const { audience, items } of seen) {
      const { actor, group } = audience;
      const messages = entry(byGroup, group, () => new Map<LiveItem, Payload>());
      const known = entry(asked, group, () => new Set<LiveItem>());
      for (const item of items) {
        if (known.has(item)) continue;
        known.add(item);
        requests.push({ row: item.row, actor, group });
        places.push({ messages, item });
      }
    }
    const payloads = requests.length === 0 ? [] : await this.maker.make(requests);
    payloads.forEach((payload, i) => {
      places[i]!.messages.set(places[i]!.item, payload);
    });
    return byGroup;
  }

  #failAll(): void {
    for (const { members } of [...this.#audiences.values()]) for (const { listener } of [...members]) listener.fail();
  }
}

function seenBy(audiences: Iterable<Audience>, items: readonly LiveItem[]): Seen[] {
  return [...audiences].map((audience) => ({ audience, items: items.filter((item) => audience.sees(item)) }));
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: (key: Key) => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make(key);
    map.set(key, value);
  }
  return value;
}
