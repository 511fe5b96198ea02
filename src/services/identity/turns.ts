import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';

/** Lets a few of something costly run at once; the others wait for their turn, first come, first served. */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(private readonly limits: { readonly atOnce: number; readonly mostWaiting: number }) {
    this.#free = limits.atOnce;
  }

  /** @throws Refusal with RATE_LIMITED when too many wait already */
  async take<Result>(run: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#wait();
    try {
      return await run();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }

  #wait(): Promise<void> {
    if (this.#waiting.length >= this.limits.mostWaiting) {
      throw refuse(ErrorCode.RATE_LIMITED, 'Too many passwords are being checked. Try again in a few seconds.', [
        'input',
      ]);
    }
    return new Promise((resume) => this.#waiting.push(resume));
  }
}
