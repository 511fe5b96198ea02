/** The queue of a listener that does not keep up has reached its bound. */
export class QueueOverflow extends Error {}

/**
 * What waits for one listener, at most `bound` items of it.
 *
 * Each subscription has a queue of its own: one that stops reading costs at most its bound in memory, holds up nobody,
 * and its end is its own.
 */
export class BoundedQueue<Item> implements AsyncIterableIterator<Item> {
  readonly #items: Item[] = [];
  #waiting: { resolve(result: IteratorResult<Item>): void; reject(error: Error): void } | undefined;
  #failure: Error | undefined;
  #ended = false;

  constructor(
    private readonly bound: number,
    private readonly onEnd: (failure: Error | undefined) => void,
  ) {}

  get length(): number {
    return this.#items.length;
  }

  /** Adds an item; beyond the bound the queue fails with `QueueOverflow` and what waits in it is dropped. */
  push(item: Item): void {
    if (this.#ended) return;
    if (this.#waiting) {
      this.#waiting.resolve({ value: item, done: false });
      this.#waiting = undefined;
    } else if (this.#items.length < this.bound) {
      this.#items.push(item);
    } else {
      this.fail(new QueueOverflow('The listener does not keep up.'));
    }
  }

  /** Ends the queue with an error, at once. */
  fail(error: Error): void {
    if (this.#ended) return;
    this.#failure = error;
    this.#end();
  }

  async next(): Promise<IteratorResult<Item>> {
    const item = this.#items.shift();
    if (item !== undefined) return { value: item, done: false };
    if (this.#failure) {
      const failure = this.#failure;
      this.#failure = undefined;
      throw failure;
    }
    if (this.#ended) return { value: undefined, done: true };
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  async return(): Promise<IteratorResult<Item>> {
    this.#failure = undefined;
    this.#end();
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#items.length = 0;
    this.onEnd(this.#failure);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (!waiting) return;
    if (this.#failure) {
      waiting.reject(this.#failure);
      this.#failure = undefined;
    } else {
      waiting.resolve({ value: undefined, done: true });
    }
  }
}
