/** How often somebody who was woken looks again while there is nothing yet, and for how long; in milliseconds. */
const URGENT_EVERY_MS = 100;
const URGENT_MS = 1_000;

/**
 * Does something again and again in the background: at once when it is woken or has more to do, else after a while.
 *
 * What woke it may not be there to see yet, since an older transaction can hold the event log up: for a second it
 * looks more often.
 */
export class BackgroundLoop {
  #woken = false;
  #urgentUntil = 0;
  #stopped = false;
  #resume: (() => void) | undefined;
  #running: Promise<void> | undefined;

  /**
   * @param turn tells whether there is more to do at once, or soon, or in how many milliseconds at the latest; what it
   *   throws is reported, and it goes on
   * @param pollMs how soon it looks though nobody woke it
   * @param restMs how long it rests after each turn, so that turns do more at once
   */
  constructor(
    private readonly turn: () => Promise<boolean | 'soon' | number>,
    private readonly pollMs: number,
    private readonly restMs: number,
    private readonly report: (error: unknown) => void,
  ) {}

  start(): void {
    this.#running = this.#run();
  }

  wake(): void {
    this.#woken = true;
    this.#urgentUntil = Date.now() + URGENT_MS;
    this.#resume?.();
  }

  /** Resolves when the turn under way has ended; there is no other. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#resume?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      this.#woken = false;
      const more = await this.turn().catch((error: unknown) => {
        this.report(error);
        return false;
      });
      if (this.restMs > 0) await this.#wait(this.restMs, () => false);
      if (more === true) continue;
      await this.#wait(this.#pauseAfter(more), () => this.#woken);
    }
  }

  #pauseAfter(more: false | 'soon' | number): number {
    if (typeof more === 'number') return Math.min(Math.max(more, 0), this.pollMs);
    return more === 'soon' || Date.now() < this.#urgentUntil ? URGENT_EVERY_MS : this.pollMs;
  }

  async #wait(milliseconds: number, isOver: () => boolean): Promise<void> {
    if (this.#stopped || isOver()) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#resume = () => {
        if (!this.#stopped && !isOver()) return;
        clearTimeout(timer);
        resolve();
      };
    });
    this.#resume = undefined;
  }
}
