import type { Clock } from '../../src/services/shared/time/clock.js';

/** A clock that stands still until a test puts it forward: what depends on it does not on how busy the machine is. */
export class HeldClock implements Clock {
  #now = Date.now();

  now(): Date {
    return new Date(this.#now);
  }

  /** Puts the clock forward, so many milliseconds more. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }
}
