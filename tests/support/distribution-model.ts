/**
 * The distribution of inquiries as plain lists: the rules of requirements, part 7, of issue 5 and of the graph's own
 * descriptions, for tests to compare the product with. It imports nothing from `src/`. Instants are in milliseconds, ids are
 * keys, and texts are as the product keeps them.
 *
 * What is done gives one word or two of what came of it, or the refusal: its code and the field that it concerns.
 */

import type { Kind } from './lead-model.js';
import { type ModelInquiry, QueueModel, waits } from './queue-model.js';
import { DONE, type Who } from './staff-model.js';

const INQUIRY = 'input.inquiryId';
const OPERATOR = 'input.operatorId';

export class DistributionModel extends QueueModel {
  changeStatus(who: Who, id: string, status: string): string {
    const inquiry = this.#seen(who, id);
    if (!inquiry) return `NOT_FOUND ${INQUIRY}`;
    if (who.kind === 'operator' && !this.#isTheirs(who, inquiry)) return `FORBIDDEN ${INQUIRY}`;
    if (inquiry.status === status) return DONE;
    if (status === 'ACTIVE' && this.sources.get(inquiry.source)!.removed) return `STATE_NOT_ALLOWED ${INQUIRY}`;
    if (status === 'ACTIVE') this.#reopen(inquiry);
    else if (inquiry.status === 'ACTIVE') this.#end(inquiry, status);
    else inquiry.version += 1;
    inquiry.status = status;
    return DONE;
  }

  /** What of its deadline lies ahead is told again. */
  #reopen(inquiry: ModelInquiry): void {
    const isAhead = (instant: number | null) => inquiry.answeredAt === null && instant !== null && instant > this.now;
    inquiry.warnAt = isAhead(inquiry.answerAtRiskAt) ? inquiry.answerAtRiskAt : null;
    inquiry.breachAt = isAhead(inquiry.answerDueAt) ? inquiry.answerDueAt : null;
    inquiry.endedAt = null;
    inquiry.reopenedAt = this.now;
    this.queue(inquiry, this.now);
  }

  #end(inquiry: ModelInquiry, end: string): void {
    this.endAssignment(inquiry, end);
    const nothing = { waitingReason: null, waitingSince: null, acceptBy: null, warnAt: null, breachAt: null };
    Object.assign(inquiry, { ...nothing, endedAt: this.now });
    inquiry.version += 1;
  }

  assign(who: Who, id: string, operatorId: string): string {
    const inquiry = this.#seen(who, id);
    if (!inquiry) return `NOT_FOUND ${INQUIRY}`;
    if (!this.#mayTakeAway(who, inquiry)) return `FORBIDDEN ${INQUIRY}`;
    const operator = this.operators.get(operatorId);
    if (!operator) return `NOT_FOUND ${OPERATOR}`;
    if (!this.answersFor(who, operator)) return `FORBIDDEN ${OPERATOR}`;
    if (inquiry.status !== 'ACTIVE') return `STATE_NOT_ALLOWED ${INQUIRY}`;
    if (inquiry.operator === operatorId) return DONE;
    if (!operator.active || !operator.userActive) return `STATE_NOT_ALLOWED ${OPERATOR}`;
    if (operator.load >= operator.maxLoad) return `LIMIT_EXCEEDED ${OPERATOR}`;
    this.endAssignment(inquiry, 'MOVED');
    const byHand = { way: 'BY_HAND', draw: null, candidates: null, acceptBy: null };
    this.assignTo(inquiry, operator, { ...byHand, madeBy: who.user });
    return DONE;
  }

  handBack(who: Who, id: string): string {
    const inquiry = this.#seen(who, id);
    if (!inquiry) return `NOT_FOUND ${INQUIRY}`;
    if (!this.#mayTakeAway(who, inquiry)) return `FORBIDDEN ${INQUIRY}`;
    if (inquiry.status !== 'ACTIVE') return `STATE_NOT_ALLOWED ${INQUIRY}`;
    if (inquiry.operator !== null) this.release(inquiry, 'HANDED_BACK');
    return DONE;
  }

  accept(who: Who, id: string): string {
    const inquiry = this.#seen(who, id);
    if (!inquiry) return `NOT_FOUND ${INQUIRY}`;
    const isOpen = inquiry.status === 'ACTIVE' && this.#isTheirs(who, inquiry);
    if (isOpen && inquiry.acceptBy === null && inquiry.assignments.at(-1)!.acceptedAt !== null) return DONE;
    if (!isOpen || !this.#isOffered(inquiry)) return `STATE_NOT_ALLOWED ${INQUIRY}`;
    this.#accept(inquiry);
    return DONE;
  }

  decline(who: Who, id: string): string {
    const inquiry = this.#seen(who, id);
    if (!inquiry) return `NOT_FOUND ${INQUIRY}`;
    if (!this.#isTheirs(who, inquiry) || inquiry.acceptBy === null) return `STATE_NOT_ALLOWED ${INQUIRY}`;
    this.release(inquiry, 'DECLINED');
    return DONE;
  }

  answer(who: Who, id: string): string {
    const inquiry = this.#seen(who, id);
    if (!inquiry) return `NOT_FOUND ${INQUIRY}`;
    const isTheirs = this.#isTheirs(who, inquiry);
    if (who.kind === 'operator' && !isTheirs) return `FORBIDDEN ${INQUIRY}`;
    if (inquiry.answeredAt !== null) return DONE;
    const isLate = inquiry.acceptBy !== null && !this.#isOffered(inquiry);
    if (inquiry.status !== 'ACTIVE' || (isTheirs && isLate)) return `STATE_NOT_ALLOWED ${INQUIRY}`;
    if (this.#isOffered(inquiry)) this.#accept(inquiry);
    Object.assign(inquiry, { answeredAt: this.now, warnAt: null, breachAt: null });
    inquiry.version += 1;
    return DONE;
  }

  changePriority(who: Who, id: string, priority: number): string {
    const inquiry = this.#seen(who, id);
    if (!inquiry) return `NOT_FOUND ${INQUIRY}`;
    if (inquiry.status !== 'ACTIVE') return `STATE_NOT_ALLOWED ${INQUIRY}`;
    if (inquiry.priority !== priority) inquiry.version += 1;
    inquiry.priority = priority;
    return DONE;
  }

  /** Whether an offer can still be accepted: to the last moment. */
  #isOffered({ acceptBy }: ModelInquiry): boolean {
    return acceptBy !== null && this.now <= acceptBy;
  }

  #accept(inquiry: ModelInquiry): void {
    inquiry.assignments.at(-1)!.acceptedAt = this.now;
    inquiry.acceptBy = null;
    inquiry.version += 1;
  }

  /** An inquiry that is there for somebody: an operator's own, and what waits in their sources. */
  #seen(who: Who, id: string): ModelInquiry | undefined {
    const inquiry = this.inquiries.get(id);
    if (!inquiry || who.kind !== 'operator') return inquiry;
    if (this.operators.get(who.operator)!.removed) return undefined;
    const isWaiting = waits(inquiry) && this.sources.get(inquiry.source)!.weights.has(who.operator);
    return inquiry.operator === who.operator || isWaiting ? inquiry : undefined;
  }

  #isTheirs(who: Who, inquiry: ModelInquiry): boolean {
    return who.kind === 'operator' && inquiry.operator === who.operator;
  }

  #mayTakeAway(who: Who, { operator }: ModelInquiry): boolean {
    return operator === null || this.answersFor(who, this.operators.get(operator)!);
  }

  mergeLeads(keptId: string, mergedId: string): string {
    if (keptId === mergedId) return 'BAD_USER_INPUT input.mergedId';
    for (const [path, id] of [
      ['keptId', keptId],
      ['mergedId', mergedId],
    ] as const) {
      if (this.leads.lead(id).mergedInto !== null) return `STATE_NOT_ALLOWED input.${path}`;
    }
    this.leads.merge(keptId, mergedId);
    for (const inquiry of this.inquiries.values()) {
      if (inquiry.lead !== mergedId) continue;
      inquiry.lead = keptId;
      inquiry.version += 1;
    }
    return DONE;
  }

  changeLead(id: string, kind: Kind, value: string, field: string): string {
    if (this.leads.lead(id).mergedInto !== null) return 'STATE_NOT_ALLOWED input.leadId';
    return this.leads.change(id, kind, value) ? DONE : `CONFLICT input.${field}`;
  }

  dismissDuplicate(first: string, second: string): string {
    const pair = this.leads.pairs.find((one) => one.first === first && one.second === second)!;
    if (pair.state !== 'OPEN') return 'STATE_NOT_ALLOWED input.duplicateId';
    this.leads.dismiss(pair);
    return DONE;
  }
}
