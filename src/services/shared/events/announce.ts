import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '../database/database.js';

/** How long after a signal the next one goes out at the earliest, in milliseconds. */
const LEAST_APART_MS = 8;

/** Tells of failures to announce; losing an announcement loses no event, since followers look by themselves too. */
export type Report = (error: unknown) => void;

/** What `announceOn` gives back. */
export interface Announcer {
  /** Resolves when every commit so far has been announced. */
  settled(): Promise<void>;
}

/**
 * Wakes those who follow the event log, in whatever process, after each transaction that recorded events.
 *
 * The signal says how far the log goes now. It goes out after the commit and outside of any transaction (a NOTIFY inside
 * one takes a global lock at its commit). Commits that come while one signal is on its way, or shortly after it, are announced by one more: each signal
 * wakes several listeners in each process.
 */
export function announceOn(database: Database, report: Report = () => {}): Announcer {
  let latest: bigint | undefined;
  let sending: Promise<void> | undefined;
  let told = Number.NEGATIVE_INFINITY;
  const send = async () => {
    while (latest !== undefined) {
      const early = told + LEAST_APART_MS - performance.now();
      if (early > 0) await sleep(early);
      const xid = String(latest);
      latest = undefined;
      told = performance.now();
      await database.rows(sql`select pg_notify('feed', ${xid})`).catch(report);
    }
    sending = undefined;
  };
  database.onCommittedEvents = (xid) => {
    if (latest === undefined || xid > latest) latest = xid;
    sending ??= send();
  };
  return { settled: async () => sending };
}
