import { setImmediate as nextRound } from 'node:timers/promises';
import type { Actor } from '../../../services/shared/access/actor.js';
import type { FeedEvent } from '../../../services/shared/events/event.js';
import { type FeedCursor, isAfter } from '../../../services/shared/events/feed-cursor.js';
import type { FeedPages } from '../../../services/shared/live/feed-pages.js';
import { type GapReason, gapOf } from '../../../services/shared/live/gap-reason.js';
import type { Channel, Made } from './channel.js';
import type { Turn } from './turns.js';

/** One who asks for what stands behind a place. */
export interface Asker {
  readonly actor: Actor;
  /** Whether they still want it, by the rights that they asked with. */
  readonly isThere: () => boolean;
}

/** What stood behind a place. */
export interface CaughtPage {
  readonly epoch: string;
  /** Why events are missing before it. */
  readonly gap: GapReason | undefined;
  /** In order, and no further than the hub is. */
  readonly events: readonly FeedEvent[];
  /** The messages of those events that the asker sees and wants, in order. */
  readonly messages: readonly Made[];
}

/** What pages are made of. */
export interface PageSource {
  readonly pages: FeedPages;
  /** How far changes of rights have been seen. */
  place(): Promise<FeedCursor>;
}

interface Waiting extends Asker {
  resolve(page: CaughtPage | undefined): void;
  reject(error: unknown): void;
}

const NONE: readonly Made[] = [];

/** The page behind a place, with its messages, for all who asked for it before it was begun. */
export class SharedPage implements Turn {
  #askers: Waiting[] | undefined = [];

  /** @param onBegun is told when nobody more can be let in */
  constructor(
    private readonly source: PageSource,
    private readonly channel: Channel,
    private readonly at: FeedCursor,
    private readonly onBegun: () => void,
  ) {}

  /** Resolves with the page; with nothing for one who is gone by then, or has other rights. */
  ask(asker: Asker): Promise<CaughtPage | undefined> {
    return new Promise((resolve, reject) => this.#askers!.push({ ...asker, resolve, reject }));
  }

  begin(): Promise<void> | undefined {
    const askers = this.#askers;
    if (!askers) return undefined;
    this.#askers = undefined;
    this.onBegun();
    const present = stillThere(askers);
    return present.length === 0 ? undefined : this.#serve(present);
  }

  async #serve(askers: readonly Waiting[]): Promise<void> {
    try {
      await this.#giveAll(askers);
    } catch (error) {
      for (const { reject } of askers) reject(error);
    }
  }

  async #giveAll(askers: readonly Waiting[]): Promise<void> {
    const { events, ...head } = await this.source.pages.after(this.at);
    const gap = gapOf(head, this.at);
    const end = await this.source.place();
    // Who is there now has the rights that hold up to `end`; nothing is waited for until their messages are begun.
    const present = stillThere(askers);
    const known = gap ? [] : events.filter((event) => !isAfter(event, end));
    const actors = present.map(({ actor }) => actor);
    const messages = known.length === 0 ? undefined : await this.channel.makeForAll(actors, known, head.epoch);
    for (const asker of present) {
      asker.resolve({ epoch: head.epoch, gap, events: known, messages: messages?.get(asker.actor) ?? NONE });
      // To send it takes a while: others come between.
      if (asker.isThere()) await nextRound();
    }
  }
}

/** Those who are still there; the others are told so. */
function stillThere(askers: readonly Waiting[]): Waiting[] {
  return askers.filter(({ isThere, resolve }) => {
    const there = isThere();
    if (!there) resolve(undefined);
    return there;
  });
}
