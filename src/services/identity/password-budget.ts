import { networkOf } from '../shared/access/network-of.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';
import { Budgets } from '../shared/limits/budgets.js';
import type { Clock } from '../shared/time/clock.js';

/**
 * How many passwords a client address may still have checked by this process: at first those of a minute, and then as
 * many again as time goes by.
 *
 * What one address cannot do, many can: that is left to the count of each e-mail and to the turns of the passwords.
 */
export class PasswordBudget {
  readonly #budgets: Budgets;

  constructor(perMinute: number, clock: Clock) {
    this.#budgets = new Budgets(perMinute, clock);
  }

  /**
   * Takes one check off an address's budget.
   *
   * @throws Refusal with RATE_LIMITED when there is none left
   */
  spend(clientAddress: string): void {
    if (this.#budgets.spend(networkOf(clientAddress)) === 0) return;
    const message = 'Too many passwords were tried from your address. Try again in a minute.';
    throw refuse(ErrorCode.RATE_LIMITED, message, ['input']);
  }
}
