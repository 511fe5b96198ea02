import { sql } from 'kysely';
import { CallStatus } from '../../entities/calls/call-status.enum.js';
import type { NewCall } from '../calls/new-call.js';
import { recordCalls } from '../calls/record-calls.js';
import type { SqlExecutor } from '../shared/database/sql-executor.js';
import type { Work } from '../shared/database/work.js';
import { DEMO_EMAILS } from './create-demo-sign-ins.js';

/** The first day that the demo operator may have calls on: the months of the files stay what the files say. */
const FIRST_DAY = '2026-11-01';
const EXCHANGE = 'demo';
const MINUTE_MS = 60_000;
/** Between one call and the one before: about a week for all. */
const APART_MS = 13.5 * 60 * MINUTE_MS;
const RING_MS = 7_000;

/** A customer with a number. */
export interface LivelyCustomer {
  readonly id: string;
  /** E.164. */
  readonly msisdn: string;
}

/** The calls of the demo operator, the latest first: who calls whom, how it ends, how many seconds are spoken. */
const SCRIPT: readonly { readonly inbound: boolean; readonly status: CallStatus; readonly seconds: number }[] = [
  { inbound: true, status: CallStatus.COMPLETED, seconds: 184 },
  { inbound: false, status: CallStatus.COMPLETED, seconds: 67 },
  { inbound: true, status: CallStatus.MISSED, seconds: 0 },
  { inbound: true, status: CallStatus.REDIRECTED, seconds: 241 },
  { inbound: true, status: CallStatus.COMPLETED, seconds: 35 },
  { inbound: false, status: CallStatus.REJECTED, seconds: 0 },
  { inbound: false, status: CallStatus.COMPLETED, seconds: 312 },
  { inbound: true, status: CallStatus.COMPLETED, seconds: 128 },
  { inbound: true, status: CallStatus.REJECTED, seconds: 0 },
  { inbound: true, status: CallStatus.COMPLETED, seconds: 59 },
  { inbound: true, status: CallStatus.REDIRECTED, seconds: 96 },
  { inbound: false, status: CallStatus.MISSED, seconds: 0 },
];
const CUSTOMERS = 4;

/** The customers who made most calls in the months of the files, the liveliest first. */
export async function findLivelyCustomers(db: SqlExecutor, count: number): Promise<LivelyCustomer[]> {
  return db.rows(sql<LivelyCustomer>`
    select c.caller_customer_id as id, max(c.caller_number) as msisdn from call c
    where c.caller_customer_id is not null and c.exchange <> ${EXCHANGE}
    group by c.caller_customer_id order by count(*) desc, c.caller_customer_id limit ${count}`);
}

/**
 * Gives the demo operator a week of calls before now, so that the first look at them finds something; those that would
 * fall into the months of the files are left out. What is there already stays.
 */
export async function recordDemoCalls(work: Work): Promise<void> {
  const [operator] = await work.rows(sql<{ phone: string; colleague: string }>`
    select o.phone, (select min(other.phone) from operator other where other.id <> o.id) as colleague
    from operator o join login l on l.user_id = o.user_id where l.email_key = ${DEMO_EMAILS.operator}`);
  const customers = await findLivelyCustomers(work, CUSTOMERS);
  if (!operator || customers.length === 0) return;
  const earliest = work.settings.calendar.startOf(FIRST_DAY);
  const calls = SCRIPT.map((_, i) => scriptedCall(work.now, i, operator, customers[i % customers.length]!.msisdn))
    .filter((call) => call.startedAt >= earliest)
    .reverse();
  if (calls.length > 0) await recordCalls(work, calls);
}

function scriptedCall(
  now: Date,
  i: number,
  operator: { readonly phone: string; readonly colleague: string },
  customer: string,
): NewCall {
  const { inbound, status, seconds } = SCRIPT[i]!;
  const startedAt = new Date(now.getTime() - 10 * MINUTE_MS - i * APART_MS);
  const answeredAt = seconds > 0 ? new Date(startedAt.getTime() + RING_MS) : null;
  const endedAt = new Date(startedAt.getTime() + RING_MS + seconds * 1000);
  return {
    exchange: EXCHANGE,
    externalId: `demo-${i}`,
    caller: inbound ? customer : operator.phone,
    called: inbound ? operator.phone : customer,
    status,
    redirectedTo: status === CallStatus.REDIRECTED ? operator.colleague : null,
    startedAt,
    answeredAt,
    endedAt,
    durationSeconds: seconds,
  };
}
