import { AccountKind } from '../../entities/billing/account-kind.enum.js';
import { companyAccountId } from '../billing/company-account.js';
import { addToDailyTotals } from '../reports/add-to-daily-totals.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { Refusal, refuse, refuseInput, type UserError } from '../shared/errors/refusal.js';
import { directionOf, legsOf, type Parties } from './call-legs.js';
import { CALL_RECORDED, type CallRecorded } from './calls.events.js';
import { type CallToCharge, chargeCalls, type PricedLeg } from './charge-calls.js';
import { findRecorded, identityOf, insertCalls } from './insert-calls.js';
import { callSchema, isAnswered, type NewCall, type ReadCall } from './new-call.js';
import { Holders } from './number-holders.js';
import { pricedLegsOf } from './price-legs.js';

/** The most calls that one batch may have. */
const LARGEST_BATCH = 10_000;

/** What became of one call of a batch. */
export type CallOutcome =
  | { readonly outcome: 'RECORDED'; readonly callId: string }
  /** The same exchange and id is recorded already, as the call of this key, or stands earlier in the batch. */
  | { readonly outcome: 'DUPLICATE'; readonly callId: string }
  /** Nothing of it was kept; the paths are those of the mutation's input. */
  | { readonly outcome: 'BAD'; readonly errors: readonly [UserError, ...UserError[]] };

interface Item {
  /** Its place in the batch. */
  readonly index: number;
  readonly call: ReadCall;
}
interface ItemWithParties extends Item {
  readonly parties: Parties;
}
interface PricedItem extends ItemWithParties {
  readonly legs: readonly PricedLeg[];
}
interface RecordedItem extends PricedItem {
  readonly callId: string;
}

type Outcomes = (CallOutcome | undefined)[];

/**
 * Takes calls in: records, rates and charges each that is good and new, in their order (requirements, part 6).
 *
 * The one way by which calls come in. Locks are taken in one order by all who come here: the company's account where it
 * is made, the payers' accounts by key, the calls by identity, the days. A call's key is given out under its payers'
 * locks, so that for each contract the keys are the order in which its included seconds were used up.
 *
 * @returns for each call what became of it
 * @throws Refusal with LIMIT_EXCEEDED for more than `LARGEST_BATCH`, BAD_USER_INPUT for none at all
 */
export async function recordCalls(work: Work, calls: readonly NewCall[]): Promise<CallOutcome[]> {
  if (calls.length === 0) throw refuseInput(['input', 'calls'], 'There must be at least one call.');
  if (calls.length > LARGEST_BATCH) {
    const message = `At most ${LARGEST_BATCH} calls can be recorded at once.`;
    throw refuse(ErrorCode.LIMIT_EXCEEDED, message, ['input', 'calls']);
  }
  const outcomes: Outcomes = Array.from({ length: calls.length });
  const read = readCalls(work, calls, outcomes);
  const known = await findRecorded(
    work,
    read.map(({ call }) => call),
  );
  const fresh = await withParties(
    work,
    read.filter(({ call }) => !known.has(identityOf(call))),
  );
  const priced = await price(work, fresh, outcomes);
  const recorded = await insert(work, priced);
  for (const { index, callId } of recorded) outcomes[index] = { outcome: 'RECORDED', callId };
  await account(work, recorded);
  await announce(work, recorded);
  await nameDuplicates(work, read, outcomes);
  return outcomes as CallOutcome[];
}

function readCalls(work: Work, calls: readonly NewCall[], outcomes: Outcomes): Item[] {
  const schema = callSchema(work.now);
  const items: Item[] = [];
  for (const [index, call] of calls.entries()) {
    try {
      items.push({ index, call: parseInput(schema, call, ['input', 'calls', String(index)]) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      outcomes[index] = { outcome: 'BAD', errors: error.errors };
    }
  }
  return items;
}

async function withParties(work: Work, items: readonly Item[]): Promise<ItemWithParties[]> {
  const numbers = items.flatMap(({ call }) => [call.caller, call.called, call.redirectedTo ?? []].flat());
  const holders = await Holders.of(work, new Set(numbers));
  return items.map(({ index, call }) => {
    const at = (number: string | null) => holders.at(number, call.startedAt);
    return {
      index,
      call,
      parties: { caller: at(call.caller), called: at(call.called), redirectedTo: at(call.redirectedTo) },
    };
  });
}

/** Locks the payers' accounts, and finds the prices; a call that cannot be rated is a bad one. */
async function price(work: Work, items: readonly ItemWithParties[], outcomes: Outcomes): Promise<PricedItem[]> {
  const legs = items.map(({ call, parties }) => legsOf(call.status, parties));
  if (legs.flat().some(({ freeReason }) => freeReason === null)) await companyAccountId(work, AccountKind.CALL_REVENUE);
  const priced = await pricedLegsOf(
    work,
    items.map(({ call }, i) => ({ startedAt: call.startedAt, legs: legs[i]! })),
  );
  return items.flatMap((item, i) => {
    const result = priced[i]!;
    if ('legs' in result) return [{ ...item, legs: result.legs }];
    const path = ['input', 'calls', String(item.index), result.field];
    outcomes[item.index] = {
      outcome: 'BAD',
      errors: [{ code: ErrorCode.STATE_NOT_ALLOWED, message: result.message, path }],
    };
    return [];
  });
}

/** @returns those that nobody had recorded, of several alike the first */
async function insert(work: Work, items: readonly PricedItem[]): Promise<RecordedItem[]> {
  const firsts = new Map<string, PricedItem>();
  for (const item of items) {
    const identity = identityOf(item.call);
    if (!firsts.has(identity)) firsts.set(identity, item);
  }
  const distinct = [...firsts.values()];
  const ids = await insertCalls(work, distinct);
  return distinct.flatMap((item, i) => (ids[i] === undefined ? [] : [{ ...item, callId: ids[i] }]));
}

async function account(work: Work, items: readonly RecordedItem[]): Promise<void> {
  const { calendar } = work.settings;
  const answered = items
    .filter(({ call }) => isAnswered(call.status))
    .map((item) => ({ ...item, day: calendar.dayOf(item.call.startedAt) }) satisfies CallToCharge & RecordedItem);
  const income = await chargeCalls(work, answered);
  const counted = answered.map(({ day, call, parties: { caller, called } }, i) => ({
    day,
    durationSeconds: call.durationSeconds,
    income: income[i]!,
    customerIds: distinctKeys(caller.customerId, called.customerId),
    operatorIds: distinctKeys(caller.operatorId, called.operatorId),
  }));
  await addToDailyTotals(work, counted);
}

async function announce(work: Work, items: readonly RecordedItem[]): Promise<void> {
  await work.record(
    items.map(({ callId, call, parties }) => {
      const { caller, called, redirectedTo } = parties;
      const data = {
        callId,
        status: call.status,
        direction: directionOf(parties),
        customerIds: distinctKeys(caller.customerId, called.customerId),
        operatorIds: distinctKeys(caller.operatorId, called.operatorId, redirectedTo.operatorId),
        groupIds: distinctKeys(caller.groupId, called.groupId, redirectedTo.groupId),
      } satisfies CallRecorded;
      return { kind: CALL_RECORDED, subject: { kind: 'Call', id: callId, version: 1 }, data };
    }),
  );
}

/** What is neither recorded nor bad by now is known under another key. */
async function nameDuplicates(work: Work, items: readonly Item[], outcomes: Outcomes): Promise<void> {
  const others = items.filter(({ index }) => outcomes[index] === undefined);
  const known = await findRecorded(
    work,
    others.map(({ call }) => call),
  );
  for (const { index, call } of others) {
    outcomes[index] = { outcome: 'DUPLICATE', callId: known.get(identityOf(call))! };
  }
}

function distinctKeys(...keys: readonly (string | null)[]): string[] {
  return [...new Set(keys.filter((key) => key !== null))];
}
