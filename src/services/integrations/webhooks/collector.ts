import { sql } from 'kysely';
import { GapReason } from '../../../entities/shared/gap-reason.enum.js';
import type { Database } from '../../shared/database/database.js';
import type { FeedCursor } from '../../shared/events/feed-cursor.js';
import { FeedLog } from '../../shared/events/feed-log.js';
import { type Follower, findFollowers } from './find-followers.js';
import { type Collected, keepEvents, keepGap } from './keep-deliveries.js';
import { mayReceive, rightsOfOwner } from './owner-rights.js';
import { pauseRevoked } from './pause-revoked.js';

/** How much is taken from the log at once. */
export interface CollectorBounds {
  /** Events that one look at the log takes. */
  readonly page: number;
  /** So many messages may wait for one endpoint, and a page of events more. */
  readonly mostWaiting: number;
}

const BOUNDS: CollectorBounds = { page: 500, mostWaiting: 5_000 };

/**
 * Takes events from the log for the endpoints that want them.
 *
 * Each endpoint has a place of its own in the log, which moves in the statement that keeps its messages: none is lost
 * and none kept twice, whatever process dies when. An endpoint that has much waiting is left where it stands; the log
 * keeps the rest.
 */
export class WebhookCollector {
  readonly #log: FeedLog;

  constructor(
    private readonly database: Database,
    private readonly bounds = BOUNDS,
  ) {
    this.#log = new FeedLog(database);
  }

  /** Takes a page of events for every endpoint that is behind; tells how many messages were kept, and whether there is more. */
  async turn(): Promise<{ readonly kept: number; readonly more: boolean }> {
    const end = await this.#log.end();
    await pauseRevoked(this.database);
    const followers = await findFollowers(this.database, end, this.bounds.mostWaiting);
    let kept = 0;
    let more = false;
    for (const together of groupByPlace(followers)) {
      const { log, xid, position } = together[0]!;
      const page = log === end.epoch ? await this.#log.after({ xid, position }, this.bounds.page) : undefined;
      const now = this.database.clock.now();
      if (!page || page.epoch !== log || !page.reaches) {
        const reason = page?.epoch === log ? GapReason.LOG_DROPPED : GapReason.LOG_REPLACED;
        const to = reason === GapReason.LOG_DROPPED ? await this.#beginning() : end;
        kept += await keepGap(this.database, together, to, reason, now);
        more = true;
        continue;
      }
      if (page.events.length === 0) continue;
      const collected: Collected = { events: page.events, wanted: together.map(wantedBy) };
      const { messages, moved } = await keepEvents(this.database, together, collected, now);
      kept += messages;
      // An endpoint that somebody held for a moment is looked at again.
      more ||= page.events.length === this.bounds.page || moved < together.length;
    }
    return { kept, more };
  }

  /** The place before the first event that the log still has. */
  async #beginning(): Promise<FeedCursor> {
    const [row] = await this.database.rows(sql<{ log: string; xid: string; position: string }>`
      select log, dropped_xid::text as xid, dropped_position::text as position from feed.epoch`);
    return { epoch: row!.log, xid: BigInt(row!.xid), position: BigInt(row!.position) };
  }
}

/** The kinds that an endpoint gets: those that it chose, of those that its owner may read now. */
function wantedBy({ id, kinds, owner }: Follower): { readonly id: string; readonly kinds: readonly string[] } {
  const rights = rightsOfOwner(owner);
  return { id, kinds: kinds.filter((kind) => mayReceive(rights, kind)) };
}

/** Endpoints that stand at one place of one log: one look serves all. */
function groupByPlace(followers: readonly Follower[]): readonly [Follower, ...Follower[]][] {
  const placeOf = ({ log, xid, position }: Follower) => `${log} ${xid} ${position}`;
  return [...Map.groupBy(followers, placeOf).values()] as [Follower, ...Follower[]][];
}
