/** Draws at random, the same each time for the same seed. */
export class Draw {
  #state: number;

  /** @param seeds of one draw; another one in any place draws otherwise */
  constructor(...seeds: readonly number[]) {
    this.#state = seeds.reduce((state, seed) => Math.imul(state ^ (seed >>> 0), 0x9e3779b1) ^ (state >>> 15), 1) >>> 0;
  }

  /** A number from 0 up to 1, without 1 (mulberry32). */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.fraction() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** One of several; throws for none. */
  one<Item>(items: readonly Item[]): Item {
    if (items.length === 0) throw new Error('There is nothing to draw from.');
    return items[this.whole(0, items.length - 1)]!;
  }

  /** So many of several, at most all, in any order. */
  some<Item>(items: readonly Item[], count: number): Item[] {
    const left = [...items];
    const drawn: Item[] = [];
    while (drawn.length < count && left.length > 0) drawn.push(...left.splice(this.whole(0, left.length - 1), 1));
    return drawn;
  }
}
