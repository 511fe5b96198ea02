import { systemActor } from '../shared/access/actor.js';
import type { Database } from '../shared/database/database.js';
import type { Work } from '../shared/database/work.js';
import { BackgroundLoop } from '../shared/jobs/background-loop.js';
import { FeedSignal } from '../shared/live/feed-signal.js';
import { within } from '../shared/time/within.js';
import type { Draws } from './draws.js';
import { expireOffers } from './expire-offers.js';
import { handOut } from './hand-out.js';
import { lookOut, type Outlook } from './outlook.js';
import { releaseOfInactiveUsers } from './release-of-inactive-users.js';
import { renewReasons } from './renew-reasons.js';
import { tellDeadlines } from './tell-deadlines.js';
import { tellQueues } from './tell-queues.js';

/**
 * How soon it looks though nothing was signalled and nothing comes due, and tries again what failed; in milliseconds. A
 * process that is killed between a commit and its signal wakes nobody.
 */
const POLL_MS = 1_000;
/** How long it rests after each look, so that one look serves what many commits bring; in milliseconds. */
const REST_MS = 20;
/** How often operators are looked for whose users are not active any more, in milliseconds. */
const RELEASE_EVERY_MS = 1_000;
/** How often queues are told of at most, in milliseconds. */
const TELL_EVERY_MS = 200;
/** How often it is looked at most why inquiries wait, in milliseconds, and of how many it is said anew. */
const RENEW_EVERY_MS = 1_000;
const MOST_RENEWED = 1_000;
/** How many inquiries one transaction gives out, whose operators others wait for, and how many it does otherwise. */
const MOST_HANDED_OUT = 20;
const MOST_AT_ONCE = 100;
/** How many transactions of one sort there are in a row, before it is the turn of what else is to be done. */
const MOST_TRANSACTIONS = 20;
/** How long what is under way is waited for when the process ends, in milliseconds. */
const STOP_MS = 2_000;
/** Shifts begin and end on full minutes. */
const MINUTE_MS = 60_000;

const ACTOR = systemActor('distribution');

/** What moves inquiries on in a process. */
export interface Distributor {
  /** Looks at once, without a signal. */
  wake(): void;
  /** Ends when what is under way is done, or has taken too long: it is undone when the database is let go of. */
  stop(): Promise<void>;
}

/**
 * Begins to distribute from this process: gives waiting inquiries out as soon as somebody can take them, moves on those
 * that were not accepted in time, warns of deadlines, and tells how long queues are and why inquiries wait
 * (requirements, part 7).
 *
 * Any number of processes do it side by side. Each is woken by every event that any process records, after its commit,
 * and looks what the database says then: nothing that is to be done is known to one process alone, so that none is
 * forgotten when it dies.
 *
 * @param draws what chance draws from
 * @param report is told what fails; it is tried again
 * @param pollMs how soon it looks though nothing was signalled and nothing comes due
 */
export async function startDistributor(
  database: Database,
  draws: Draws,
  report: (error: unknown) => void,
  pollMs = POLL_MS,
): Promise<Distributor> {
  const turns = new DistributionTurns(database, draws, report);
  const loop = new BackgroundLoop(() => turns.turn(), pollMs, REST_MS, report);
  const signal = new FeedSignal(database.orm.config.get('clientUrl')!, () => loop.wake(), report);
  await signal.start();
  loop.start();
  return {
    wake: () => loop.wake(),
    stop: async () => {
      turns.leaveOff();
      await signal.stop();
      await within(loop.stop(), STOP_MS);
    },
  };
}

/** One look after another, with what is to be done at each. */
class DistributionTurns {
  #stopping = false;
  #failed = false;
  #lastRelease = Number.NEGATIVE_INFINITY;
  #lastTold = Number.NEGATIVE_INFINITY;
  #lastRenewed = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly database: Database,
    private readonly draws: Draws,
    private readonly report: (error: unknown) => void,
  ) {}

  /** Begins no further transaction. */
  leaveOff(): void {
    this.#stopping = true;
  }

  /** Does what is to be done now; tells whether to look again at once, soon, or in so many milliseconds. */
  async turn(): Promise<boolean | 'soon' | number> {
    this.#failed = false;
    const now = this.database.clock.now();
    const released = await this.#releaseInactive();
    const outlook = await lookOut(this.database, now);
    const isDue = outlook.dueAt !== undefined && outlook.dueAt <= now;
    let done = released;
    if (isDue) {
      done += await this.#repeat(MOST_AT_ONCE, (work) => expireOffers(work, MOST_AT_ONCE));
      done += await this.#repeat(MOST_AT_ONCE, (work) => tellDeadlines(work, MOST_AT_ONCE));
    }
    if (outlook.room || done > 0)
      done += await this.#repeat(MOST_HANDED_OUT, (work) => handOut(work, this.draws, MOST_HANDED_OUT));
    const untilRenewed = outlook.waits ? await this.#renewReasons() : Number.POSITIVE_INFINITY;
    const untilTold = await this.#tellQueues();
    if (this.#failed) return POLL_MS;
    if (done > 0) return true;
    // What could be done and was not, another transaction holds just now.
    if (isDue || outlook.room) return 'soon';
    return Math.min(untilRenewed, untilTold, untilNext(outlook, now));
  }

  /** Does a step again and again while it finds as much as one transaction does; what fails in it hinders no other step. */
  async #repeat(atOnce: number, step: (work: Work) => Promise<number>): Promise<number> {
    let done = 0;
    for (let n = 0; n < MOST_TRANSACTIONS && !this.#stopping; n += 1) {
      const count = await this.#reporting(this.database.transact(ACTOR, step));
      done += count;
      if (count < atOnce) break;
    }
    return done;
  }

  async #releaseInactive(): Promise<number> {
    if (performance.now() - this.#lastRelease < RELEASE_EVERY_MS) return 0;
    this.#lastRelease = performance.now();
    return this.#reporting(releaseOfInactiveUsers(this.database, ACTOR));
  }

  /** Tells of queues that changed, unless it did just now; gives in how many milliseconds that is to be looked at again. */
  async #tellQueues(): Promise<number> {
    const rest = this.#lastTold + TELL_EVERY_MS - performance.now();
    if (rest > 0) return rest;
    await this.#reporting(tellQueues(this.database, ACTOR));
    this.#lastTold = performance.now();
    return Number.POSITIVE_INFINITY;
  }

  /** Says anew why inquiries wait, unless it did just now; gives in how many milliseconds that is to be looked at again. */
  async #renewReasons(): Promise<number> {
    const rest = this.#lastRenewed + RENEW_EVERY_MS - performance.now();
    if (rest > 0) return rest;
    const renewed = await this.#reporting(this.database.transact(ACTOR, (work) => renewReasons(work, MOST_RENEWED)));
    this.#lastRenewed = performance.now();
    return renewed < MOST_RENEWED ? Number.POSITIVE_INFINITY : RENEW_EVERY_MS;
  }

  /** How much a step did; none where it failed. */
  async #reporting(step: Promise<number>): Promise<number> {
    try {
      return await step;
    } catch (error) {
      this.#failed = true;
      this.report(error);
      return 0;
    }
  }
}

/** In how many milliseconds something comes due, or a shift may begin for those who wait. */
function untilNext({ dueAt, waits }: Outlook, now: Date): number {
  const untilDue = dueAt === undefined ? Number.POSITIVE_INFINITY : dueAt.getTime() - now.getTime();
  return waits ? Math.min(untilDue, MINUTE_MS - (now.getTime() % MINUTE_MS)) : untilDue;
}
