/** Work that waits for its turn; several may wait for one and the same. */
export interface Turn {
  /** Does it; undefined where nobody waits for it any more, or it has been done in the turn of another. */
  begin(): Promise<void> | undefined;
}

/** How much may be under way at once. */
export interface TurnLimits {
  readonly inAll: number;
  readonly ofOne: number;
}

/**
 * Lets a bounded amount of work be under way at once: the owners take turns, and what is one owner's goes in order.
 *
 * Each turn begins in a round of the event loop of its own, so that what else there is to do comes between two.
 */
export class Turns {
  /** The owner whose turn is next stands first. */
  readonly #waiting = new Map<string, Turn[]>();
  readonly #underWay = new Map<string, number>();
  #inAll = 0;
  #looking = false;

  constructor(private readonly limits: TurnLimits) {}

  /** Puts work behind what its owner waits for already. */
  wait(owner: string, turn: Turn): void {
    const waiting = this.#waiting.get(owner);
    if (waiting) waiting.push(turn);
    else this.#waiting.set(owner, [turn]);
    this.#look();
  }

  #look(): void {
    if (this.#looking || this.#waiting.size === 0 || this.#inAll >= this.limits.inAll) return;
    this.#looking = true;
    setImmediate(() => {
      this.#looking = false;
      if (this.#beginNext()) this.#look();
    });
  }

  /** @returns whether something was begun */
  #beginNext(): boolean {
    for (const [owner, waiting] of this.#waiting) {
      if ((this.#underWay.get(owner) ?? 0) >= this.limits.ofOne) continue;
      const begun = firstBegun(waiting);
      this.#waiting.delete(owner);
      if (waiting.length > 0) this.#waiting.set(owner, waiting);
      if (!begun) continue;
      this.#count(owner, 1);
      void begun.finally(() => {
        this.#count(owner, -1);
        this.#look();
      });
      return true;
    }
    return false;
  }

  #count(owner: string, by: number): void {
    this.#inAll += by;
    const count = (this.#underWay.get(owner) ?? 0) + by;
    if (count > 0) this.#underWay.set(owner, count);
    else this.#underWay.delete(owner);
  }
}

/** Begins the first that anybody still waits for; those before it are gone. */
function firstBegun(waiting: Turn[]): Promise<void> | undefined {
  for (let turn = waiting.shift(); turn; turn = waiting.shift()) {
    const begun = turn.begin();
    if (begun) return begun;
  }
  return undefined;
}
