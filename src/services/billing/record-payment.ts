import { sql } from 'kysely';
import { z } from 'zod';
import { PaymentMethod } from '../../entities/billing/payment-method.enum.js';
import { ContractStatus } from '../../entities/contracts/contract-status.enum.js';
import { runIdempotently } from '../shared/database/run-idempotently.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { idInput } from '../shared/ids/id-input.js';
import { moneyInput } from '../shared/money/money-input.js';
import { instantInput } from '../shared/time/instant-input.js';
import { enterPayment } from './enter-payment.js';

/** A payment that somebody took (requirements, part 5, GetDeposit). */
export interface RecordPaymentInput {
  /** The contract's global id. */
  readonly contractId: string;
  /** Decimal string in the organisation's currency, above zero. */
  readonly amount: string;
  /** Cash when left out. */
  readonly method?: PaymentMethod | null | undefined;
  /** Now when left out; never in the future. */
  readonly receivedAt?: Date | null | undefined;
  readonly idempotencyKey: string;
}

const PAYABLE: ReadonlySet<ContractStatus> = new Set([
  ContractStatus.ACCEPTED,
  ContractStatus.ACTIVE,
  ContractStatus.SUSPENDED,
  // A debt can be paid when the contract has ended.
  ContractStatus.CLOSED,
]);

interface LockedAccount {
  readonly accountId: string;
  readonly contractId: string;
  readonly customerId: string;
  readonly status: ContractStatus;
}

/**
 * Records a payment and posts it to the contract's account; a repeat with the same key changes nothing.
 *
 * @returns the payment's key
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, STATE_NOT_ALLOWED, LIMIT_EXCEEDED or IDEMPOTENCY_MISMATCH
 */
export async function recordPayment(work: Work, input: RecordPaymentInput): Promise<{ readonly paymentId: string }> {
  return runIdempotently(work, 'recordPayment', input, async () => {
    const { contractId, amount, method, receivedAt } = parseInput(
      z.object({
        contractId: idInput('Contract'),
        amount: moneyInput(work.settings.currency, 'positive'),
        method: z.enum(PaymentMethod).nullish(),
        receivedAt: instantInput(work.now).nullish(),
      }),
      input,
    );
    const { accountId, customerId } = await lockAccount(work, contractId);
    const { paymentId, event } = await enterPayment(work, {
      accountId,
      contractId,
      customerId,
      amount,
      method: method ?? PaymentMethod.CASH,
      receivedAt: receivedAt ?? work.now,
    });
    await work.record([event]);
    return { paymentId };
  });
}

async function lockAccount(work: Work, contractId: string): Promise<LockedAccount> {
  const [account] = await work.rows<LockedAccount>(sql`
    select a.id as "accountId", a.contract_id as "contractId", a.customer_id as "customerId", c.status
    from contract c join account a on a.contract_id = c.id where c.id = ${contractId} for no key update of a`);
  const path = ['input', 'contractId'];
  if (!account) throw refuse(ErrorCode.NOT_FOUND, 'There is no such contract.', path);
  if (!PAYABLE.has(account.status)) {
    const state = account.status.toLowerCase();
    throw refuse(ErrorCode.STATE_NOT_ALLOWED, `This contract is ${state}: nothing can be paid for it.`, path);
  }
  return account;
}
