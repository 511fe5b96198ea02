/** Draws that a seed repeats (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `least` to `most`. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** @throws Error when there is nothing to pick from */
  pick<Choice>(choices: readonly Choice[]): Choice {
    if (choices.length === 0) throw new Error('There is nothing to pick from.');
    return choices[this.whole(0, choices.length - 1)]!;
  }

  /** Whether something of this probability happens. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Some of the choices, each once, in their order. */
  some<Choice>(choices: readonly Choice[], count: number): Choice[] {
    const places = choices.map((_, place) => place);
    while (places.length > count) places.splice(this.whole(0, places.length - 1), 1);
    return places.map((place) => choices[place]!);
  }
}
