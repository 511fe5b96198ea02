/**
 * How inquiries come in, wait and are given out, as plain lists: a part of the model of the distribution
 * (distribution-model.ts).
 */

import { type Asking, chosenBy, type ModelCandidate, reasonOf, type State, statesOf } from './choice-model.js';
import { LeadModel, type Said } from './lead-model.js';
import { type ModelOperator, type ModelSource, StaffModel, sorted, type Who } from './staff-model.js';

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
  reopenedAt: number | null;
  readonly registeredAt: number;
  queuedAt: number;
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

/** How many numbers are drawn for each inquiry that is given out: the first, and others for when somebody was faster. */
const DRAWS_OF_ONE = 8;

const byTurn = (one: ModelInquiry, other: ModelInquiry) =>
  other.priority - one.priority || one.queuedAt - other.queuedAt || Number(one.id) - Number(other.id);
const LET_PASS = ['DECLINED', 'NOT_ACCEPTED'];
const GAVE_BACK = [...LET_PASS, 'HANDED_BACK'];
/** Whether somebody had an inquiry for their own, and was not only offered it. */
const isOwn = ({ acceptBy, acceptedAt }: ModelAssignment) => acceptBy === null || acceptedAt !== null;
/** Whether an inquiry waits for somebody. */
export const waits = ({ status, operator }: ModelInquiry) => status === 'ACTIVE' && operator === null;
const kindOf = ({ source, skills }: ModelInquiry) => [source, ...skills].join('\n');

export abstract class QueueModel extends StaffModel {
  readonly leads = new LeadModel();
  readonly inquiries = new Map<string, ModelInquiry>();
  /** All assignments, in the order in which they were made. */
  readonly #made: (readonly [ModelInquiry, ModelAssignment])[] = [];
  readonly #keys = new Map<string, { readonly input: string; readonly inquiry: string }>();
  /** Of each queue, what was told last. */
  readonly #told = new Map<string, string>();

  constructor(public now: number) {
    super();
  }

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
    const choice = this.#choose(inquiry, draws[0]!, (operator) => this.#isAwaited(operator, inquiry));
    if (typeof choice === 'string') inquiry.waitingReason = choice;
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
      reopenedAt: null,
      registeredAt: this.now,
      queuedAt: this.now,
      version: 1,
      assignments: [],
    };
  }

  #candidates(
    { weights }: ModelSource,
    inquiry?: ModelInquiry,
    isAwaited: (operator: ModelOperator) => boolean = () => false,
  ): ModelCandidate[] {
    const last = inquiry?.assignments.at(-1);
    return [...weights.keys()]
      .sort((one, other) => Number(one) - Number(other))
      .map((id) => {
        const operator = this.operators.get(id)!;
        const passed = inquiry?.assignments.filter(
          ({ operator: by, end }) => by === id && GAVE_BACK.includes(end ?? ''),
        );
        return {
          ...operator,
          active: operator.active && operator.userActive,
          weight: weights.get(id)!,
          passes: passed?.length ?? 0,
          passedLast: last?.operator === id && GAVE_BACK.includes(last.end ?? ''),
          awaited: isAwaited(operator),
        };
      });
  }

  #asking({ source, skills }: Pick<ModelInquiry, 'source' | 'skills'>): Asking {
    return { skills, asksPresence: this.sources.get(source)!.settings.asksPresence, at: this.now };
  }

  /** Who is to get an inquiry now, or why nobody. */
  #choose(inquiry: ModelInquiry, draw: number, isAwaited?: (operator: ModelOperator) => boolean): Choice | string {
    const source = this.sources.get(inquiry.source)!;
    const candidates = this.#candidates(source, inquiry, isAwaited);
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

  /**
   * Who had an inquiry for their own until it ended, if it was opened again; else who had any of its lead last. Nobody, where
   * that one gave this inquiry back when they had it last.
   */
  #hadBefore(inquiry: ModelInquiry): string | null {
    const last = inquiry.assignments.at(-1);
    const isReopened = last !== undefined && (last.end === 'CLOSED' || last.end === 'REJECTED') && isOwn(last);
    const had = isReopened ? last.operator : this.#hadLead(inquiry.lead);
    const here = inquiry.assignments.findLast(({ operator }) => operator === had);
    return GAVE_BACK.includes(here?.end ?? '') ? null : had;
  }

  #hadLead(lead: string): string | null {
    return this.#made.findLast(([inquiry, one]) => inquiry.lead === lead && isOwn(one))?.[1].operator ?? null;
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
    this.assignTo(inquiry, chosen, { way, draw, candidates, madeBy: null, acceptBy });
  }

  protected assignTo(
    inquiry: ModelInquiry,
    operator: ModelOperator,
    how: Pick<ModelAssignment, 'way' | 'draw' | 'candidates' | 'madeBy' | 'acceptBy'>,
  ): void {
    operator.load += 1;
    const { id, load, maxLoad } = operator;
    const nothing = { acceptedAt: null, endedAt: null, end: null };
    const made = { operator: id, ...how, load, maxLoad, madeAt: this.now, ...nothing };
    inquiry.assignments.push(made);
    this.#made.push([inquiry, made]);
    const { acceptBy } = how;
    Object.assign(inquiry, { operator: id, waitingReason: null, waitingSince: null, assignedAt: this.now, acceptBy });
    inquiry.version += 1;
  }

  protected endAssignment({ assignments }: ModelInquiry, end: string): void {
    const open = assignments.at(-1);
    if (open === undefined || open.end !== null) return;
    Object.assign(open, { end, endedAt: this.now });
    this.operators.get(open.operator)!.load -= 1;
  }

  /** One that was let pass goes to the end. While it is only offered, an inquiry waits. */
  protected release(inquiry: ModelInquiry, end: string): void {
    this.endAssignment(inquiry, end);
    if (LET_PASS.includes(end)) {
      inquiry.passes += 1;
      inquiry.queuedAt = this.now;
    }
    const own = inquiry.assignments.filter(isOwn).map(({ endedAt }) => endedAt!);
    this.queue(inquiry, Math.max(inquiry.registeredAt, inquiry.reopenedAt ?? 0, ...own));
  }

  protected queue(inquiry: ModelInquiry, waitingSince: number): void {
    const waiting = { waitingReason: 'HANDED_BACK', waitingSince };
    Object.assign(inquiry, { operator: null, assignedAt: null, acceptBy: null, ...waiting });
    inquiry.version += 1;
  }

  /** Says of what nobody can take why it waits; gives of how many that was not said. */
  renewReasons(): number {
    const renewed = this.#waiting().filter((inquiry) => {
      if (this.#isRoomFor(inquiry)) return false;
      const reason = reasonOf(this.#statesFor(inquiry).map(([, state]) => state));
      const isNew = reason !== inquiry.waitingReason;
      inquiry.waitingReason = reason;
      return isNew;
    });
    return renewed.length;
  }

  /**
   * Gives out what waits, by priority and place in the queue: at most as many as there are eights of draws. Those of one
   * source that ask for the same skills wait for the same people: where the first of them finds nobody, the others need not
   * be looked at, and where nobody could take any of them from the beginning, none is.
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
    for (const inquiry of expired) this.release(inquiry, 'NOT_ACCEPTED');
    return expired.length;
  }

  /** One that has passed is told of as passed only. */
  tellDeadlines(most: number): number {
    const tell = (instant: 'warnAt' | 'breachAt') => {
      const told = this.#due(instant, most, ({ breachAt }) => {
        return instant === 'breachAt' || breachAt === null || breachAt > this.now;
      });
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
  #due(
    instant: 'acceptBy' | 'warnAt' | 'breachAt',
    most: number,
    isMeant: (inquiry: ModelInquiry) => boolean = () => true,
  ): ModelInquiry[] {
    return [...this.inquiries.values()]
      .filter((inquiry) => inquiry[instant] !== null && inquiry[instant] <= this.now && isMeant(inquiry))
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

  protected releaseAllOf(operator: string): number {
    const open = [...this.inquiries.values()].filter((one) => one.status === 'ACTIVE' && one.operator === operator);
    for (const inquiry of open) this.release(inquiry, 'OPERATOR_LEFT');
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
