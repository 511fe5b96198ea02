import type { Database } from '../../shared/database/database.js';
import { BackgroundLoop } from '../../shared/jobs/background-loop.js';
import { FeedSignal } from '../../shared/live/feed-signal.js';
import { type CollectorBounds, WebhookCollector } from './collector.js';
import { WebhookSender } from './sender.js';
import type { Webhooks } from './webhooks.js';

/** How soon the log, and what is due, is looked at though nothing was signalled; in milliseconds. */
const POLL_MS = 1_000;
/** How long the log is let grow after each look, so that a look finds more; in milliseconds. */
const REST_MS = 20;

/** What is under way of webhooks in a process. */
export interface WebhookDispatcher {
  /** Looks at once, without a signal. */
  wake(): void;
  /** Lets what is under way end, or gives it back. */
  stop(): Promise<void>;
}

/**
 * Begins to send webhooks from this process; any number of processes do it side by side.
 *
 * One loop takes events from the log for the endpoints, woken by the signal of a commit; another sends what is due.
 */
export async function startWebhookDispatcher(
  database: Database,
  webhooks: Webhooks,
  report: (error: unknown) => void,
  bounds?: CollectorBounds,
): Promise<WebhookDispatcher> {
  const sender = new WebhookSender(database, webhooks, () => sending.wake(), report);
  const collector = new WebhookCollector(database, bounds);
  const sending = new BackgroundLoop(() => sender.turn(), POLL_MS, 0, report);
  const collect = async () => {
    const { kept, more } = await collector.turn();
    if (kept > 0) sending.wake();
    return more;
  };
  const collecting = new BackgroundLoop(collect, POLL_MS, REST_MS, report);
  const signal = new FeedSignal(database.orm.config.get('clientUrl')!, () => collecting.wake(), report);
  await signal.start();
  collecting.start();
  sending.start();
  return {
    wake: () => {
      collecting.wake();
      sending.wake();
    },
    stop: async () => {
      await signal.stop();
      await Promise.all([collecting.stop(), sending.stop()]);
      await sender.stop();
    },
  };
}
