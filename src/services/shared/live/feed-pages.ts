import type { FeedCursor } from '../events/feed-cursor.js';
import type { FeedLog, FeedPage } from '../events/feed-log.js';
import { gapOf } from './gap-reason.js';

/** Events of a page. */
export const PAGE = 500;
/** Full pages that are kept at most. */
const MOST_KEPT = 64;
/** How long a page is kept, in milliseconds. */
const KEPT_MS = 5_000;

type Events = FeedPage['events'];

/**
 * The pages of the log behind a place, for those who catch up: many of them read the same ones at about the same time.
 *
 * Behind a place a full page never becomes another: what commits later stands behind it. So its events are kept for a
 * while, and the log is only asked whether the place still stands. One that is not full may lack what has committed
 * since, and is read anew by each.
 */
export class FeedPages {
  readonly #kept = new Map<string, Events>();
  readonly #reading = new Map<string, Promise<FeedPage>>();

  constructor(private readonly log: Pick<FeedLog, 'after'>) {}

  async after(at: FeedCursor): Promise<FeedPage> {
    const key = `${at.epoch}:${at.xid}:${at.position}`;
    const begun = this.#reading.get(key);
    const page = begun && (await begun.catch(() => undefined));
    if (page && page.events.length === PAGE && !gapOf(page, at)) return page;
    const events = this.#kept.get(key);
    if (!events) return this.#read(key, at);
    const { epoch, reaches, knows } = await this.log.after(at, 0);
    return { epoch, reaches, knows, events };
  }

  async #read(key: string, at: FeedCursor): Promise<FeedPage> {
    const reading = this.log.after(at, PAGE);
    this.#reading.set(key, reading);
    try {
      const page = await reading;
      if (page.events.length === PAGE && !gapOf(page, at)) this.#keep(key, page.events);
      return page;
    } finally {
      if (this.#reading.get(key) === reading) this.#reading.delete(key);
    }
  }

  #keep(key: string, events: Events): void {
    if (this.#kept.size >= MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    this.#kept.set(key, events);
    setTimeout(() => {
      if (this.#kept.get(key) === events) this.#kept.delete(key);
    }, KEPT_MS).unref();
  }
}
