/**
 * The distribution of inquiries as plain lists: the rules of requirements, part 7, of issue 5 and of the graph's own
 * descriptions, for tests to compare the product with. It imports nothing from `src/`. Instants are in milliseconds, ids are
 * keys, and texts are as the product keeps them.
 *
 * What is done gives one word or two of what came of it, or the refusal: its code and the field that it concerns.
 */

import { type Asking, chosenBy, type ModelCandidate, reasonOf, type State, statesOf } from './choice-model.js';
import { type Kind, LeadModel, type Said } from './lead-model.js';
import { DONE, type ModelOperator, type ModelSource, StaffModel, sorted, type Who } from './staff-model.js';

export interface ModelAssignment {
  readonly operator: string;
  readonly way: string;
  readonly draw: number | null;
  /** `5 ELIGIBLE` for each who takes inquiries of the source. */
  readonly candidates: readonly string[] | null;
  readonly load: number;
  readonly maxLoad: number;
  readonly madeBy: string | null;
  readonly madeAt: number;
  readonly acceptBy: number | null;
  acceptedAt: number | null;
  endedAt: number | null;
  end: string | null;
}

export interface ModelInquiry {
  readonly id: string;
  readonly source: string;
  readonly hasExternalId: boolean;
  lead: string;
  operator: string | null;
  status: string;
  priority: number;
  readonly skills: readonly string[];
  waitingReason: string | null;
  waitingSince: number | null;
  assignedAt: number | null;
  acceptBy: number | null;
  passes: number;
  readonly answerDueAt: number | null;
  readonly answerAtRiskAt: number | null;
  /** When the deadline is still to be warned of, and when its breach is still to be told. */
  warnAt: number | null;
  breachAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  readonly registeredAt: number;
  version: number;
  readonly assignments: ModelAssignment[];
}

export interface Registration {
  /** A source's name or key. */
  readonly source: string;
  readonly said: Said;
  readonly priority: number | null;
  readonly skills: readonly string[];
  readonly message: string;
}

interface Choice {
  readonly chosen: ModelOperator;
  readonly way: string;
  readonly draw: number | null;
  readonly candidates: readonly string[];
}

const INQUIRY = 'input.inquiryId';
const OPERATOR = 'input.operatorId';
/** How many numbers are drawn for each inquiry that is given out: the first, and others for when somebody was faster. */
const DRAWS_OF_ONE = 8;

const byAge = (one: ModelInquiry, other: ModelInquiry) =>
  one.registeredAt - other.registeredAt || Number(one.id) - Number(other.id);
const byTurn = (one: ModelInquiry, other: ModelInquiry) => other.priority - one.priority || byAge(one, other);
const waits = ({ status, operator }: ModelInquiry) => status === 'ACTIVE' && operator === null;
const kindOf = ({ source, skills }: ModelInquiry) => [source, ...skills].join('\n');

export class DistributionModel extends StaffModel {
  readonly leads = new LeadModel();
  readonly inquiries = new Map<string, ModelInquiry>();
  readonly #keys = new Map<string, { readonly input: string; readonly inquiry: string }>();
  /** Of each queue, what was told last. */
  readonly #told = new Map<string, string>();

  constructor(public now: number) {
    super();
  }

  // ---- inquiries come in ----

  /** @param made what the product calls the inquiry, and its lead, where it made them */
  register(
    who: Who,
    key: string,
    input: Registration,
    draws: readonly number[],
    made: { readonly inquiry: string; readonly lead: string },
  ): string {
    if ((input.said.EXTERNAL_ID ?? input.said.PHONE ?? input.said.EMAIL) === undefined) {
      return 'BAD_USER_INPUT input.externalId';
    }
    const known = this.#keys.get(`${who.user} ${key}`);
    if (known) {
      return known.input === JSON.stringify(input)
        ? `again ${known.inquiry}`
        : 'IDEMPOTENCY_MISMATCH input.idempotencyKey';
    }
    const source = this.#sourceOf(input.source);
    if (!source) return 'NOT_FOUND input.source';
    const inquiry = this.#make(source, input, made);
    this.inquiries.set(inquiry.id, inquiry);
    this.#keys.set(`${who.user} ${key}`, { input: JSON.stringify(input), inquiry: inquiry.id });
    const choice = this.#choose(inquiry, draws[0]!);
    if (typeof choice === 'string') inquiry.waitingReason = choice;
    else if (this.#isAwaited(choice.chosen, inquiry)) inquiry.waitingReason = 'BEHIND_OTHERS';
    else this.#give(inquiry, choice);
    return `made ${inquiry.id} of ${inquiry.lead}`;
  }

  #sourceOf(nameOrKey: string): ModelSource | undefined {
    const wanted = nameOrKey.toLowerCase();
    return [...this.sources.values()].find(({ id, settings, removed }) => {
      return !removed && (id === nameOrKey || settings.name.toLowerCase() === wanted);
    });
  }

  #make(
    { id, settings }: ModelSource,
    { said, priority, skills }: Registration,
    made: { readonly inquiry: string; readonly lead: string },
  ): ModelInquiry {
    const newLead = this.leads.leads.some((lead) => lead.id === made.lead) ? 'a new one' : made.lead;
    const lead = this.leads.register({ name: id, own: settings.ownExternalIds }, said, made.inquiry, newLead);
    const after = (seconds: number | null) => (seconds === null ? null : this.now + seconds * 1_000);
    const due = after(settings.answerWithinSeconds);
    const risk = due === null || settings.warnBeforeSeconds === null ? null : due - settings.warnBeforeSeconds * 1_000;
    return {
      id: made.inquiry,
      source: id,
      hasExternalId: said.EXTERNAL_ID !== undefined,
      lead,
      operator: null,
      status: 'ACTIVE',
      priority: priority ?? settings.priority,
      skills: sorted([...settings.skills, ...skills]),
      waitingReason: null,
      waitingSince: this.now,
      assignedAt: null,
      acceptBy: null,
      passes: 0,
      answerDueAt: due,
      answerAtRiskAt: risk,
      warnAt: risk,
      breachAt: due,
      answeredAt: null,
      endedAt: null,
      registeredAt: this.now,
      version: 1,
      assignments: [],
    };
  }

  // ---- who gets them ----

  #candidates({ weights }: ModelSource, inquiry?: ModelInquiry): ModelCandidate[] {
    return [...weights.keys()]
      .sort((one, other) => Number(one) - Number(other))
      .map((id) => {
        const operator = this.operators.get(id)!;
        const passed = inquiry?.assignments.filter(
          ({ operator: by, end }) => by === id && (end === 'DECLINED' || end === 'NOT_ACCEPTED'),
        );
        return {
          ...operator,
          active: operator.active && operator.userActive,
          weight: weights.get(id)!,
          passes: passed?.length ?? 0,
        };
      });
  }

  #asking({ source, skills }: Pick<ModelInquiry, 'source' | 'skills'>): Asking {
    return { skills, asksPresence: this.sources.get(source)!.settings.asksPresence, at: this.now };
  }

  /** Who is to get an inquiry now, or why nobody. */
  #choose(inquiry: ModelInquiry, draw: number): Choice | string {
    const source = this.sources.get(inquiry.source)!;
    const candidates = this.#candidates(source, inquiry);
    const states = statesOf(candidates, this.#asking(inquiry));
    const eligible = candidates.filter((_, i) => states[i] === 'ELIGIBLE');
    if (eligible.length === 0) return reasonOf(states);
    const before = source.settings.sticky ? this.#hadBefore(inquiry) : null;
    const returning = eligible.find(({ id }) => id === before);
    return {
      chosen: this.operators.get((returning ?? chosenBy(draw, eligible)).id)!,
      way: returning ? 'STICKY' : 'CHANCE',
      draw: returning ? null : draw,
      candidates: candidates.map(({ id }, i) => `${id} ${states[i]}`),
    };
  }

  /** Who had an inquiry until it ended, if it was opened again; else who had the last one of its lead. */
  #hadBefore(inquiry: ModelInquiry): string | null {
    const last = inquiry.assignments.at(-1);
    if (last && (last.end === 'CLOSED' || last.end === 'REJECTED')) return last.operator;
    const had = [...this.inquiries.values()].filter(({ lead, operator }) => lead === inquiry.lead && operator !== null);
    return had.sort(byAge).at(-1)?.operator ?? null;
  }

  /** Whether others wait that this operator could take, and that do not come after this inquiry. */
  #isAwaited(operator: ModelOperator, inquiry: ModelInquiry): boolean {
    return this.#waiting().some((other) => {
      if (other === inquiry || other.priority < inquiry.priority) return false;
      return this.#statesFor(other).some(([id, state]) => id === operator.id && state === 'ELIGIBLE');
    });
  }

  /** How each operator stands to an inquiry, whoever let it pass. */
  #statesFor(inquiry: ModelInquiry): (readonly [string, State])[] {
    const candidates = this.#candidates(this.sources.get(inquiry.source)!);
    const states = statesOf(candidates, this.#asking(inquiry));
    return candidates.map(({ id }, i) => [id, states[i]!]);
  }

  #waiting(): ModelInquiry[] {
    return [...this.inquiries.values()].filter(waits);
  }

  #give(inquiry: ModelInquiry, { chosen, way, draw, candidates }: Choice): void {
    const seconds = this.sources.get(inquiry.source)!.settings.acceptWithinSeconds;
    const acceptBy = seconds === null ? null : this.now + seconds * 1_000;
    this.#assign(inquiry, chosen, { way, draw, candidates, madeBy: null, acceptBy });
  }

  #assign(
    inquiry: ModelInquiry,
    operator: ModelOperator,
    how: Pick<ModelAssignment, 'way' | 'draw' | 'candidates' | 'madeBy' | 'acceptBy'>,
  ): void {
    operator.load += 1;
    const { id, load, maxLoad } = operator;
    const nothing = { acceptedAt: null, endedAt: null, end: null };
    inquiry.assignments.push({ operator: id, ...how, load, maxLoad, madeAt: this.now, ...nothing });
    const { acceptBy } = how;
    Object.assign(inquiry, { operator: id, waitingReason: null, waitingSince: null, assignedAt: this.now, acceptBy });
    inquiry.version += 1;
  }

  #endAssignment({ assignments }: ModelInquiry, end: string): void {
    const open = assignments.at(-1);
    if (open === undefined || open.end !== null) return;
    Object.assign(open, { end, endedAt: this.now });
    this.operators.get(open.operator)!.load -= 1;
  }

  #release(inquiry: ModelInquiry, end: string): void {
    this.#endAssignment(inquiry, end);
    if (end === 'DECLINED' || end === 'NOT_ACCEPTED') inquiry.passes += 1;
    this.#queue(inquiry);
  }

  #queue(inquiry: ModelInquiry): void {
    const waiting = { waitingReason: 'HANDED_BACK', waitingSince: this.now };
    Object.assign(inquiry, { operator: null, assignedAt: null, acceptBy: null, ...waiting });
    inquiry.version += 1;
  }

  // ---- what happens by itself ----

  /**
   * Gives out what waits, by priority and age: at most as many as there are eights of draws. Those of one source that ask for
   * the same skills wait for the same people: where the first of them finds nobody, the others need not be looked at, and
   * where nobody could take any of them from the beginning, none is.
   */
  handOut(draws: readonly number[]): number {
    const shut = new Set<string>();
    for (const inquiry of this.#waiting()) if (!this.#isRoomFor(inquiry)) shut.add(kindOf(inquiry));
    let given = 0;
    for (const inquiry of this.#waiting().sort(byTurn)) {
      if (given * DRAWS_OF_ONE >= draws.length) break;
      if (shut.has(kindOf(inquiry))) continue;
      const choice = this.#choose(inquiry, draws[given * DRAWS_OF_ONE]!);
      if (typeof choice === 'string') {
        inquiry.waitingReason = choice;
        shut.add(kindOf(inquiry));
      } else {
        this.#give(inquiry, choice);
        given += 1;
      }
    }
    return given;
  }

  #isRoomFor(inquiry: ModelInquiry): boolean {
    return this.#statesFor(inquiry).some(([, state]) => state === 'ELIGIBLE');
  }

  /** What is to be done, or when next. */
  outlook(): { readonly dueAt: number | null; readonly waits: boolean; readonly room: boolean } {
    const due = [...this.inquiries.values()].flatMap(({ acceptBy, warnAt, breachAt }) => [acceptBy, warnAt, breachAt]);
    const instants = due.filter((one) => one !== null);
    const waiting = this.#waiting();
    return {
      dueAt: instants.length === 0 ? null : Math.min(...instants),
      waits: waiting.length > 0,
      room: waiting.some((inquiry) => this.#isRoomFor(inquiry)),
    };
  }

  expire(most: number): number {
    const expired = this.#due('acceptBy', most);
    for (const inquiry of expired) this.#release(inquiry, 'NOT_ACCEPTED');
    return expired.length;
  }

  tellDeadlines(most: number): number {
    const tell = (instant: 'warnAt' | 'breachAt') => {
      const told = this.#due(instant, most);
      for (const inquiry of told) {
        inquiry.warnAt = null;
        if (instant === 'breachAt') inquiry.breachAt = null;
        if (inquiry.status === 'ACTIVE' && inquiry.answeredAt === null) inquiry.version += 1;
      }
      return told.length;
    };
    return tell('breachAt') + tell('warnAt');
  }

  /** Those of which an instant has come, the first first. */
  #due(instant: 'acceptBy' | 'warnAt' | 'breachAt', most: number): ModelInquiry[] {
    return [...this.inquiries.values()]
      .filter((inquiry) => inquiry[instant] !== null && inquiry[instant] <= this.now)
      .sort((one, other) => one[instant]! - other[instant]! || Number(one.id) - Number(other.id))
      .slice(0, most);
  }

  /** Tells of each queue that is not as it was told of; gives how many. */
  tellQueues(): number {
    const queues = [...this.sources.keys()].map((id) => {
      const since = this.#waiting().flatMap(({ source, waitingSince }) => (source === id ? [waitingSince!] : []));
      return [id, since.length === 0 ? 'empty' : `${since.length} since ${Math.min(...since)}`] as const;
    });
    const changed = queues.filter(([id, queue]) => queue !== (this.#told.get(id) ?? 'empty'));
    for (const [id, queue] of changed) this.#told.set(id, queue);
    return changed.length;
  }

  // ---- what people do with inquiries ----

  changeStatus(who: Who, id: string, status: string): string {
    const inquiry = this.#seen(who, id);
    if (!inquiry) return `NOT_FOUND ${INQUIRY}`;
    if (who.kind === 'operator' && !this.#isTheirs(who, inquiry)) return `FORBIDDEN ${INQUIRY}`;
    if (inquiry.status === status) return DONE;
    if (status === 'ACTIVE') {
      const isAhead = (instant: number | null) =>
        inquiry.answeredAt === null && instant !== null && instant > this.now ? instant : null;
      inquiry.warnAt = isAhead(inquiry.answerAtRiskAt);
      inquiry.breachAt = isAhead(inquiry.answerDueAt);
      inquiry.endedAt = null;
      this.#queue(inquiry);
    } else {
      if (inquiry.status === 'ACTIVE') {
        this.#endAssignment(inquiry, status);
        Object.assign(inquiry, { endedAt: this.now, waitingReason: null, waitingSince: null, acceptBy: null });
        Object.assign(inquiry, { warnAt: null, breachAt: null });
      }
      inquiry.version += 1;
    }
    inquiry.status = status;
    return DONE;
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
    this.#endAssignment(inquiry, 'MOVED');
    const byHand = { way: 'BY_HAND', draw: null, candidates: null, acceptBy: null };
    this.#assign(inquiry, operator, { ...byHand, madeBy: who.user });
    return DONE;
  }

  handBack(who: Who, id: string): string {
    const inquiry = this.#seen(who, id);
    if (!inquiry) return `NOT_FOUND ${INQUIRY}`;
    if (!this.#mayTakeAway(who, inquiry)) return `FORBIDDEN ${INQUIRY}`;
    if (inquiry.status !== 'ACTIVE') return `STATE_NOT_ALLOWED ${INQUIRY}`;
    if (inquiry.operator !== null) this.#release(inquiry, 'HANDED_BACK');
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
    this.#release(inquiry, 'DECLINED');
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

  // ---- leads ----

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

  // ---- what operators and sources need to know of them ----

  protected releaseAllOf(operator: string): number {
    const open = [...this.inquiries.values()].filter((one) => one.status === 'ACTIVE' && one.operator === operator);
    for (const inquiry of open) this.#release(inquiry, 'OPERATOR_LEFT');
    return open.length;
  }

  protected useOf(id: string): { readonly active: number; readonly hasExternalIds: boolean } {
    const through = [...this.inquiries.values()].filter(({ source }) => source === id);
    return {
      active: through.filter(({ status }) => status === 'ACTIVE').length,
      hasExternalIds: through.some(({ hasExternalId }) => hasExternalId),
    };
  }
}
