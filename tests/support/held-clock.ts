import type { Clock } from '../../src/services/shared/time/clock.js';

/** A clock that stands still until a test puts it forward: what depends on it does not on how busy the machine is. */
export class HeldClock implements Clock {
  #now: number;

  /** @param start the instant at which it stands, in milliseconds; now, if left out */
  constructor(start = Date.now()) {
    this.#now = start;
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** Puts the clock forward, so many milliseconds more. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }
}
