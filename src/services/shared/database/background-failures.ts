import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { isUnreachable } from './transient-error.js';

/** How soon PostgreSQL is asked again whether it is back, in milliseconds. */
const PROBE_MS = 1_000;

/**
 * What fails in a part of the process that works in the background. That PostgreSQL is away is said once, however often
 * the part tries, and once that it is back; any other failure is logged as it comes.
 */
export class BackgroundFailures {
  #away = false;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param part its name for a person, such as `webhooks`
   * @param pool is asked whether PostgreSQL is back
   */
  constructor(
    private readonly part: string,
    private readonly pool: Pick<Pool, 'query'>,
    private readonly logger: Pick<Logger, 'error' | 'warn' | 'info'>,
  ) {}

  /** Whether PostgreSQL is away. */
  get away(): boolean {
    return this.#away;
  }

  /** Logs a failure, unless it belongs to an outage that has been told of. */
  readonly report = (error: unknown): void => {
    if (!this.isOfOutage(error)) this.logger.error({ err: error }, this.part);
  };

  /** Whether a failure comes of PostgreSQL's being away; the first one tells of it. */
  isOfOutage(error: unknown): boolean {
    if (!isUnreachable(error)) return false;
    if (!this.#away && !this.#stopped) {
      this.#away = true;
      this.logger.warn(`${this.part}: the connection to PostgreSQL is lost (${reasonOf(error)}), and made anew`);
      this.#probeLater();
    }
    return true;
  }

  /** Asks PostgreSQL no more. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #probeLater(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.#probe(), PROBE_MS);
    this.#timer.unref();
  }

  async #probe(): Promise<void> {
    try {
      await this.pool.query('select');
    } catch {
      this.#probeLater();
      return;
    }
    this.#away = false;
    if (!this.#stopped) this.logger.info(`${this.part}: PostgreSQL answers again`);
  }
}

/** Why, in words; several addresses that all refuse have no message of their own. */
function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || String(error);
}
