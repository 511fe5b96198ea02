import type { Clock } from '../../src/services/shared/time/clock.js';

/** The machine's clock, which a test can put forward. */
export class MovableClock implements Clock {
  #ahead = 0;

  now(): Date {
    return new Date(Date.now() + this.#ahead);
  }

  /** Puts the clock forward, so many milliseconds more. */
  advance(milliseconds: number): void {
    this.#ahead += milliseconds;
  }
}
