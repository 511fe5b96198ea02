/**
 * The sources of inquiries and the operators who take them, as plain lists: a part of the model of the distribution
 * (distribution-model.ts).
 */

import type { Week } from './choice-model.js';

/** Who does something. */
export type Who =
  | { readonly kind: 'admin'; readonly user: string }
  | { readonly kind: 'supervisor'; readonly user: string; readonly groups: readonly string[] }
  | { readonly kind: 'operator'; readonly user: string; readonly operator: string };

/** What an operator is registered with; what is left out is as with the product. */
export interface OperatorParts {
  readonly email: string;
  readonly phone: string;
  readonly maxLoad: number;
  readonly schedule?: Week | null;
  readonly skills?: readonly string[];
  readonly group?: string;
}

export interface ModelOperator {
  readonly id: string;
  readonly user: string;
  readonly email: string;
  userActive: boolean;
  group: string | null;
  active: boolean;
  removed: boolean;
  phone: string | null;
  maxLoad: number;
  schedule: Week | null;
  skills: readonly string[];
  presence: string;
  load: number;
  version: number;
}

export interface SourceSettings {
  readonly name: string;
  readonly ownExternalIds: boolean;
  readonly sticky: boolean;
  readonly asksPresence: boolean;
  readonly acceptWithinSeconds: number | null;
  readonly answerWithinSeconds: number | null;
  readonly warnBeforeSeconds: number | null;
  readonly skills: readonly string[];
  readonly priority: number;
}

export interface ModelSource {
  readonly id: string;
  settings: SourceSettings;
  removed: boolean;
  /** By operator. */
  readonly weights: Map<string, string>;
  /** How often any of them changed. */
  weighings: number;
  version: number;
}

const OPERATOR = 'input.operatorId';
const SOURCE = 'input.sourceId';
export const DONE = 'done';

const NEW_SOURCE: Omit<SourceSettings, 'name'> = {
  ownExternalIds: false,
  sticky: false,
  asksPresence: false,
  acceptWithinSeconds: null,
  answerWithinSeconds: null,
  warnBeforeSeconds: null,
  skills: [],
  priority: 0,
};

const WEEK = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];

/** All days of a week, those off that are not named. */
function wholeWeek(schedule: Week | null): Week | null {
  return schedule && Object.fromEntries(WEEK.map((day) => [day, schedule[day] ?? null]));
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Each text once, in order. */
export const sorted = (texts: Iterable<string>) => [...new Set(texts)].sort();

export abstract class StaffModel {
  readonly operators = new Map<string, ModelOperator>();
  readonly sources = new Map<string, ModelSource>();

  /** Has an operator keep nothing; gives how many inquiries wait again. */
  protected abstract releaseAllOf(operator: string): number;
  /** How many inquiries of a source are active, and whether any that came through it had an external id. */
  protected abstract useOf(source: string): { readonly active: number; readonly hasExternalIds: boolean };

  /** @param made what the product calls an operator, and their user, whom it made */
  registerOperator(parts: OperatorParts, made: { readonly operator: string; readonly user: string }): string {
    const { email, group } = parts;
    const schedule = wholeWeek(parts.schedule ?? null);
    const known = [...this.operators.values()].find((one) => one.email === email);
    if (known && !known.userActive) return 'STATE_NOT_ALLOWED input.email';
    const holder = [...this.operators.values()].find(({ phone }) => phone === parts.phone);
    if (holder && holder !== known) return 'CONFLICT input.phone';
    const skills = parts.skills && sorted(parts.skills);
    const { phone, maxLoad } = parts;
    if (!known) {
      const { operator: id, user } = made;
      const nothing = { active: true, removed: false, userActive: true, presence: 'OFFLINE', load: 0, version: 1 };
      this.operators.set(id, { id, user, ...nothing, ...parts, group: group ?? null, schedule, skills: skills ?? [] });
      return 'created';
    }
    const moved = group !== undefined && group !== known.group;
    if (group !== undefined) known.group = group;
    const wasRemoved = known.removed;
    const active = wasRemoved || known.active;
    const changed = this.#change(known, {
      ...{ phone, maxLoad, schedule, skills: skills ?? known.skills, active, removed: false },
    });
    if (wasRemoved) return 'created';
    return changed || moved ? 'updated' : 'unchanged';
  }

  changeOperator(
    id: string,
    { active, ...parts }: Partial<Pick<ModelOperator, 'maxLoad' | 'schedule' | 'skills' | 'active'>>,
  ): string {
    const operator = this.operators.get(id);
    if (!operator) return `NOT_FOUND ${OPERATOR}`;
    if (operator.removed) return `STATE_NOT_ALLOWED ${OPERATOR}`;
    const released = active === false ? this.releaseAllOf(id) : 0;
    const { maxLoad = operator.maxLoad, schedule = operator.schedule, skills = operator.skills } = parts;
    const after = { maxLoad, schedule: wholeWeek(schedule), skills: sorted(skills) };
    this.#change(operator, { ...after, active: active ?? operator.active });
    return `released ${released}`;
  }

  changeLimit(who: Who, id: string, maxLoad: number): string {
    const operator = this.operators.get(id);
    if (!operator) return `NOT_FOUND ${OPERATOR}`;
    if (operator.removed) return `STATE_NOT_ALLOWED ${OPERATOR}`;
    if (!this.answersFor(who, operator)) return `FORBIDDEN ${OPERATOR}`;
    this.#change(operator, { maxLoad });
    return DONE;
  }

  removeOperator(id: string): string {
    const operator = this.operators.get(id);
    if (!operator) return `NOT_FOUND ${OPERATOR}`;
    const released = this.releaseAllOf(id);
    if (operator.removed) return `released ${released}`;
    for (const source of this.sources.values()) if (source.weights.has(id)) this.#weigh(source, id, undefined);
    this.#change(operator, { phone: null, active: false, removed: true });
    return `released ${released}`;
  }

  setPresence(id: string, presence: string): string {
    this.operators.get(id)!.presence = presence;
    return DONE;
  }

  /** Says whether the user of an operator may sign in. */
  setUserActive(id: string, active: boolean): void {
    this.operators.get(id)!.userActive = active;
  }

  /** Has those keep nothing who may not sign in. */
  releaseInactive(): number {
    const gone = [...this.operators.values()].filter(({ userActive }) => !userActive);
    return gone.reduce((sum, { id }) => sum + this.releaseAllOf(id), 0);
  }

  /** @returns whether anything is different */
  #change(operator: ModelOperator, after: Partial<ModelOperator>): boolean {
    const before = { ...operator };
    Object.assign(operator, after);
    if (isSame(before, operator)) return false;
    operator.version += 1;
    return true;
  }

  /** Whether an operator is in the groups that somebody answers for. */
  protected answersFor(who: Who, { group }: ModelOperator): boolean {
    return who.kind === 'admin' || (who.kind === 'supervisor' && group !== null && who.groups.includes(group));
  }

  /** @param id what the product calls the source */
  createSource(given: Partial<SourceSettings> & Pick<SourceSettings, 'name'>, id: string): string {
    const settings = { ...NEW_SOURCE, ...given, skills: sorted(given.skills ?? []) };
    const fault = warningFault(settings, given);
    if (fault) return fault;
    if (this.#named(settings.name)) return 'CONFLICT input.name';
    this.sources.set(id, { id, settings, removed: false, weights: new Map(), weighings: 0, version: 1 });
    return DONE;
  }

  changeSource(id: string, given: Partial<SourceSettings>): string {
    const source = this.sources.get(id);
    if (!source) return `NOT_FOUND ${SOURCE}`;
    if (source.removed) return `STATE_NOT_ALLOWED ${SOURCE}`;
    const settings = { ...source.settings, ...given, skills: sorted(given.skills ?? source.settings.skills) };
    const fault = warningFault(settings, given);
    if (fault) return fault;
    if (isSame(settings, source.settings)) return DONE;
    const isOther = settings.ownExternalIds !== source.settings.ownExternalIds;
    if (isOther && this.useOf(id).hasExternalIds) return 'STATE_NOT_ALLOWED input.ownExternalIds';
    const named = this.#named(settings.name);
    if (named && named !== source) return 'CONFLICT input.name';
    source.settings = settings;
    source.version += 1;
    return DONE;
  }

  removeSource(id: string): string {
    const source = this.sources.get(id);
    if (!source) return `NOT_FOUND ${SOURCE}`;
    if (source.removed || this.useOf(id).active > 0) return `STATE_NOT_ALLOWED ${SOURCE}`;
    source.removed = true;
    source.version += 1;
    return DONE;
  }

  /** @param weight a decimal in its shortest form; undefined for what is no weight */
  setWeight(who: Who, sourceId: string, operatorId: string, weight: string | undefined): string {
    if (weight === undefined) return 'BAD_USER_INPUT input.weight';
    const refused = this.#mayWeigh(who, sourceId, operatorId);
    if (refused) return refused;
    if (this.operators.get(operatorId)!.removed) return `STATE_NOT_ALLOWED ${OPERATOR}`;
    const source = this.sources.get(sourceId)!;
    if (source.weights.get(operatorId) !== weight) this.#weigh(source, operatorId, weight);
    return DONE;
  }

  takeOut(who: Who, sourceId: string, operatorId: string): string {
    const refused = this.#mayWeigh(who, sourceId, operatorId);
    if (refused) return refused;
    const source = this.sources.get(sourceId)!;
    if (!source.weights.has(operatorId)) return `NOT_FOUND ${OPERATOR}`;
    this.#weigh(source, operatorId, undefined);
    return DONE;
  }

  #mayWeigh(who: Who, sourceId: string, operatorId: string): string | undefined {
    const operator = this.operators.get(operatorId);
    if (!operator) return `NOT_FOUND ${OPERATOR}`;
    if (!this.answersFor(who, operator)) return `FORBIDDEN ${OPERATOR}`;
    const source = this.sources.get(sourceId);
    if (!source) return `NOT_FOUND ${SOURCE}`;
    return source.removed ? `STATE_NOT_ALLOWED ${SOURCE}` : undefined;
  }

  #weigh(source: ModelSource, operator: string, weight: string | undefined): void {
    if (weight === undefined) source.weights.delete(operator);
    else source.weights.set(operator, weight);
    source.weighings += 1;
    source.version += 1;
  }

  #named(name: string): ModelSource | undefined {
    const wanted = name.toLowerCase();
    return [...this.sources.values()].find(
      ({ settings, removed }) => !removed && settings.name.toLowerCase() === wanted,
    );
  }
}

/** A warning comes after the beginning and before the deadline, which there must be. */
function warningFault(
  { answerWithinSeconds: within, warnBeforeSeconds: before }: SourceSettings,
  given: Partial<SourceSettings>,
): string | undefined {
  if (before === null || (within !== null && before < within)) return undefined;
  return `BAD_USER_INPUT input.${given.warnBeforeSeconds == null ? 'answerWithinSeconds' : 'warnBeforeSeconds'}`;
}
