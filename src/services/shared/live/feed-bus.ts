import type { FeedBatch } from './feed-batch.js';

/**
 * Carries what one node read from the event log to the others.
 *
 * It may lose batches, repeat them and be away: who takes them tells by their places, and reads the log where
 * something is missing.
 */
export interface FeedBus {
  /** Whether batches go out and come in now, as far as is known. */
  readonly connected: boolean;
  /** Called with each batch of another node. */
  onBatch: (batch: FeedBatch) => void;
  /** Begins to connect, and goes on trying; waits for nothing. */
  start(): void;
  /** Sends what is under way, and lets go. */
  stop(): Promise<void>;
  /** Sends a batch to the other nodes if it can. */
  publish(batch: FeedBatch): void;
}
