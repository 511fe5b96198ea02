import type { Clock } from '../time/clock.js';

const MINUTE_MS = 60_000;
/** Keys that are remembered; one that is forgotten begins with a full budget. */
const MOST_REMEMBERED = 10_000;

interface Left {
  readonly amount: number;
  /** In milliseconds since the epoch. */
  readonly at: number;
}

/**
 * How often each of many may still do something in this process: at first as often as in a minute, and then as many times
 * again as time goes by.
 */
export class Budgets {
  readonly #left = new Map<string, Left>();

  constructor(
    private readonly perMinute: number,
    private readonly clock: Clock,
  ) {}

  /** In how many milliseconds a key may do it again; 0 when it may now. */
  waitOf(key: string): number {
    const { amount } = this.#now(key);
    return amount >= 1 ? 0 : Math.ceil(((1 - amount) * MINUTE_MS) / this.perMinute);
  }

  /** Takes one off a key's budget, if there is one; @returns as `waitOf` did before */
  spend(key: string): number {
    const wait = this.waitOf(key);
    if (wait > 0) return wait;
    const { amount, at } = this.#now(key);
    this.#left.delete(key);
    this.#left.set(key, { amount: amount - 1, at });
    if (this.#left.size > MOST_REMEMBERED) this.#left.delete(this.#left.keys().next().value!);
    return 0;
  }

  #now(key: string): Left {
    const at = this.clock.now().getTime();
    const before = this.#left.get(key) ?? { amount: this.perMinute, at };
    const earned = (Math.max(0, at - before.at) * this.perMinute) / MINUTE_MS;
    return { amount: Math.min(this.perMinute, before.amount + earned), at };
  }
}
