import { Permission } from '../../entities/identity/permission.enum.js';
import { may } from '../shared/access/operation-rule.js';
import { runIdempotently } from '../shared/database/run-idempotently.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse, refuseInput, type UserError } from '../shared/errors/refusal.js';
import { amount } from '../shared/money/money.js';
import { enterSubscriber, type Registered } from './enter-subscriber.js';
import { inspectSubscriber, type SubscriberInput } from './subscriber-input.js';

const DAY_MS = 86_400_000;

/** GetSim's input (requirements, part 4). */
export interface RegisterSubscriberInput extends Omit<SubscriberInput, 'tariffName'> {
  readonly tariffId: string;
  readonly idempotencyKey: string;
}

/**
 * GetSim: registers the customer if new, binds the SIM, makes the contract on its tariff and number, takes the opening
 * deposit, and activates; all or nothing, once per key.
 *
 * A contract that began more than a day ago is for who may start imports, the usual way of taking over what was before:
 * it would have calls that were free charged.
 *
 * @throws Refusal with every fault at once, each on its field: BAD_USER_INPUT for what is malformed, NOT_FOUND for an
 * unknown customer or tariff, CONFLICT for a SIM that is bound or a number that is held, STATE_NOT_ALLOWED for a SIM, a
 * customer or a tariff that cannot be used, FORBIDDEN for a deposit from who may not take payments
 */
export async function registerSubscriber(work: Work, input: RegisterSubscriberInput): Promise<Registered> {
  return runIdempotently(work, 'registerSubscriber', input, () => {
    const inspected = inspectSubscriber(work, input);
    const { deposit } = inspected.values;
    if (deposit && amount(deposit).gt(0) && !may(work.actor, Permission.PAYMENTS_TAKE)) {
      throw refuse(ErrorCode.FORBIDDEN, 'You are not allowed to take a deposit.', ['input', 'deposit']);
    }
    const errors = [...inspected.errors, ...backdatingFaults(work, inspected.values.validFrom)];
    return enterSubscriber(work, { ...inspected, errors });
  });
}

function backdatingFaults({ actor, now }: Work, validFrom: Date | undefined): readonly UserError[] {
  const recent = !validFrom || now.getTime() - validFrom.getTime() <= DAY_MS;
  if (recent || may(actor, Permission.IMPORTS_START)) return [];
  const message = 'must not be more than a day ago: an earlier start is for who may import subscribers';
  return refuseInput(['input', 'validFrom'], message).errors;
}
