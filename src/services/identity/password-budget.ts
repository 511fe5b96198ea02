import { isIPv6 } from 'node:net';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';
import type { Clock } from '../shared/time/clock.js';

const MINUTE_MS = 60_000;
/** Addresses that one process remembers; whom it forgets begins with a full budget. */
const MOST_REMEMBERED = 10_000;

interface Left {
  readonly checks: number;
  /** In milliseconds since the epoch. */
  readonly at: number;
}

/**
 * How many passwords a client address may still have checked by this process: at first those of a minute, and then as
 * many again as time goes by.
 *
 * What one address cannot do, many can: that is left to the count of each e-mail and to the turns of the passwords.
 */
export class PasswordBudget {
  readonly #left = new Map<string, Left>();

  constructor(
    private readonly perMinute: number,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes one check off an address's budget.
   *
   * @throws Refusal with RATE_LIMITED when there is none left
   */
  spend(clientAddress: string): void {
    const address = networkOf(clientAddress);
    const now = this.clock.now().getTime();
    const before = this.#left.get(address) ?? { checks: this.perMinute, at: now };
    const earned = (Math.max(0, now - before.at) * this.perMinute) / MINUTE_MS;
    const checks = Math.min(this.perMinute, before.checks + earned);
    if (checks < 1) {
      const message = 'Too many passwords were tried from your address. Try again in a minute.';
      throw refuse(ErrorCode.RATE_LIMITED, message, ['input']);
    }
    this.#left.delete(address);
    this.#left.set(address, { checks: checks - 1, at: now });
    if (this.#left.size > MOST_REMEMBERED) this.#left.delete(this.#left.keys().next().value!);
  }
}

/** What counts as one address: of IPv6 the first 64 bits, since a client has all of the rest. */
function networkOf(address: string): string {
  const bare = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(bare)) return bare;
  const [head = [], tail] = bare.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = tail ? Array(Math.max(0, 8 - head.length - tail.length)).fill('0') : [];
  return [...head, ...zeros, ...(tail ?? [])].slice(0, 4).join(':');
}
