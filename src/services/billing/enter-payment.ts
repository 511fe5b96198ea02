import { sql } from 'kysely';
import { AccountKind } from '../../entities/billing/account-kind.enum.js';
import { LedgerEntryKind } from '../../entities/billing/ledger-entry-kind.enum.js';
import { PaymentMethod } from '../../entities/billing/payment-method.enum.js';
import { PaymentStatus } from '../../entities/billing/payment-status.enum.js';
import type { Work } from '../shared/database/work.js';
import type { NewEvent } from '../shared/events/event.js';
import { amount } from '../shared/money/money.js';
import { paymentRecorded } from './billing.events.js';
import { companyAccountId } from './company-account.js';
import { postEntry } from './post-entry.js';

/** Money that was received for a contract. */
export interface ReceivedPayment {
  /** The contract's own account; whoever calls has it locked, or has just made it. */
  readonly accountId: string;
  readonly contractId: string;
  readonly customerId: string;
  /** Above zero, in the organisation's currency, with no more than its decimals. */
  readonly amount: string;
  readonly method: PaymentMethod;
  readonly receivedAt: Date;
}

/** Where the money of a payment lies on the company's side. */
const COMPANY_ACCOUNT = { [PaymentMethod.CASH]: AccountKind.CASH } as const;

/**
 * Enters a confirmed payment: the ledger's entry, the payment, and the customer's date of the last one.
 *
 * @returns the payment's key, and its event for the caller to record
 */
export async function enterPayment(
  work: Work,
  payment: ReceivedPayment,
): Promise<{ readonly paymentId: string; readonly event: NewEvent }> {
  const { accountId, contractId, customerId, method } = payment;
  const receivedAt = payment.receivedAt.toISOString();
  const { currency } = work.settings;
  const entryId = await postEntry(work, {
    kind: LedgerEntryKind.PAYMENT,
    occurredAt: payment.receivedAt,
    postings: [
      { accountId, amount: payment.amount },
      {
        accountId: await companyAccountId(work, COMPANY_ACCOUNT[method]),
        amount: amount(payment.amount).negated().toFixed(),
      },
    ],
  });
  const takenBy = work.actor.kind === 'user' ? work.actor.userId : null;
  const [made] = await work.rows<{ id: string }>(sql`
    with customer_paid as (
      update customer set last_payment_at = greatest(last_payment_at, ${receivedAt}::timestamptz) where id = ${customerId}
    )
    insert into payment (contract_id, customer_id, amount, currency, method, status, entry_id, taken_by_id, received_at)
    values (${contractId}, ${customerId}, ${payment.amount}, ${currency}, ${method}, ${PaymentStatus.CONFIRMED},
      ${entryId}, ${takenBy}, ${receivedAt})
    returning id`);
  const paymentId = made!.id;
  const event = paymentRecorded(
    paymentId,
    { customerId, contractId, amount: payment.amount, currency, method },
    { status: PaymentStatus.CONFIRMED, receivedAt: payment.receivedAt },
  );
  return { paymentId, event };
}
