import type { FeedCursor } from '../../../services/shared/events/feed-cursor.js';
import type { Channel } from './channel.js';
import { type Asker, type CaughtPage, type PageSource, SharedPage } from './shared-page.js';
import { Turns } from './turns.js';

/**
 * Pages that are read and made at once: of the process, and of one user, customer or partner. Fewer than a process has
 * connections for reading, so that queries find one; and the fewer they are, the more wait for the same page together.
 */
const LIMITS = { inAll: 6, ofOne: 2 };

/**
 * All who catch up in one process: page by page they wait for their turn.
 *
 * Those who ask for the same page, and get the same messages of it, get it together: in the first turn that any of their
 * owners has. It is begun after each of them asked, so that none misses what was there when they did.
 */
export class CatchingUp {
  readonly #turns = new Turns(LIMITS);
  readonly #waiting = new Map<Channel, Map<string, SharedPage>>();

  constructor(private readonly source: PageSource) {}

  /**
   * What stands behind a place, as a channel's operation shows it.
   *
   * @returns undefined for an asker who is gone by then, or has other rights
   */
  page(channel: Channel, asker: Asker, at: FeedCursor): Promise<CaughtPage | undefined> {
    const page = this.#find(channel, `${at.epoch}:${at.xid}:${at.position} ${channel.maker.groupOf(asker.actor)}`, at);
    const caught = page.ask(asker);
    this.#turns.wait(asker.actor.key, page);
    return caught;
  }

  #find(channel: Channel, key: string, at: FeedCursor): SharedPage {
    const ofChannel = this.#waiting.get(channel) ?? new Map<string, SharedPage>();
    this.#waiting.set(channel, ofChannel);
    const known = ofChannel.get(key);
    if (known) return known;
    const page = new SharedPage(this.source, channel, at, () => {
      ofChannel.delete(key);
      if (ofChannel.size === 0 && this.#waiting.get(channel) === ofChannel) this.#waiting.delete(channel);
    });
    ofChannel.set(key, page);
    return page;
  }
}
