import { ErrorCode } from '../../shared/errors/error-code.js';
import { refuse } from '../../shared/errors/refusal.js';

/** What several may do side by side in one process, each owner a few at most. */
export class OwnerPlaces {
  readonly #taken = new Map<string, number>();

  constructor(private readonly mostOfOwner: number) {}

  /**
   * Does something if its owner has a place.
   *
   * @param path of the input's field, for the error
   * @throws Refusal with RATE_LIMITED where there is none, and what `run` throws
   */
  async run<Result>(owner: string, path: readonly string[], run: () => Promise<Result>): Promise<Result> {
    const taken = this.#taken.get(owner) ?? 0;
    if (taken >= this.mostOfOwner) {
      throw refuse(ErrorCode.RATE_LIMITED, 'Too much of this is under way: wait for its end.', path);
    }
    this.#taken.set(owner, taken + 1);
    try {
      return await run();
    } finally {
      const left = this.#taken.get(owner)! - 1;
      if (left > 0) this.#taken.set(owner, left);
      else this.#taken.delete(owner);
    }
  }
}
