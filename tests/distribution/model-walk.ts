import { isDeepStrictEqual } from 'node:util';
import type { Draws } from '../../src/services/distribution/draws.js';
import type { Work } from '../../src/services/shared/database/work.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { DistributionModel } from '../support/distribution-model.js';
import type { Draw } from '../support/draw.js';
import type { ModelInquiry } from '../support/queue-model.js';
import { seededDraws } from '../support/seeded-draws.js';
import type { ModelOperator, ModelSource, Who } from '../support/staff-model.js';
import { ModelWorld, pictureOf } from './model-world.js';

/** A Monday at eight in the organisation's time. */
const START = Date.parse('2026-09-07T08:00:00+03:00');
const DRAWS = 2 ** 53;
const LAST_DRAW = DRAWS - 1;
const EIGHTHS = 8;
/** What steps look at mostly: what happened lately. */
const RECENT = 25;
/** A key that nothing has. */
const NOBODY = '987654321';

/** One sequence of steps, each done to the product and to the model. */
export class Walk {
  readonly model = new DistributionModel(START);
  /** What was done, and what came of it. */
  readonly steps: string[] = [];
  /** Why inquiries waited, at one step or another. */
  readonly reasons = new Set<string>();
  readonly #chance: Draws;
  #serial = 0;

  private constructor(
    readonly world: ModelWorld,
    readonly draw: Draw,
    seeds: readonly number[],
  ) {
    this.#chance = seededDraws(...seeds, 1);
  }

  static async begin(draw: Draw, ...seeds: readonly number[]): Promise<Walk> {
    return new Walk(await ModelWorld.open(START), draw, seeds);
  }

  /**
   * Does one step to both, and compares what came of it and all that there is then.
   *
   * @param run does it to the product; what came of it in the model's words
   * @param predict does it to the model, with what came of it for the ids that the product gave
   * @throws Error where they differ
   */
  async same<Result>(
    words: string,
    who: Who | undefined,
    run: (work: Work) => Promise<Result>,
    predict: (result: Result | undefined) => Promise<string> | string,
    wordsOf: (result: Result) => string = () => 'done',
  ): Promise<void> {
    const actor = who && this.world.actorOf(who, this.model.operators);
    const outcome = await this.world.do(actor, run);
    const came = 'refused' in outcome ? outcome.refused : wordsOf(outcome.result);
    const by = who ? `${who.kind} ${who.kind === 'operator' ? who.operator : ''}`.trim() : 'the product';
    this.steps.push(`${by}: ${words} → ${came}`);
    const predicted = await predict('result' in outcome ? outcome.result : undefined);
    if (came !== predicted) throw new Error(`It must be: ${predicted}`);
    await this.compare();
  }

  /** @throws Error where anything is not as the model has it */
  async compare(): Promise<void> {
    const [found, outlook] = await Promise.all([this.world.picture(), this.world.outlook()]);
    const product = { ...found, outlook };
    const model = { ...pictureOf(this.model), outlook: this.model.outlook() };
    for (const { waitingReason } of this.model.inquiries.values()) if (waitingReason) this.reasons.add(waitingReason);
    if (isDeepStrictEqual(product, model)) return;
    // It says what differs.
    expect(product).toEqual(model);
    throw new Error('They differ, in the order of something.');
  }

  /** Draws, and what is drawn, in order: the ends of what there is, and eighths of it, among it. */
  draws(): { readonly next: Draws; readonly drawn: number[] } {
    const drawn: number[] = [];
    const next = () => {
      const edge = this.draw.chance(0.15)
        ? Math.min(this.draw.whole(0, EIGHTHS) * (DRAWS / EIGHTHS), LAST_DRAW)
        : undefined;
      const number = edge ?? this.#chance();
      drawn.push(number);
      return number;
    };
    return { next, drawn };
  }

  /** A number that no other step has. */
  serial(): number {
    this.#serial += 1;
    return this.#serial;
  }

  admin(): Who {
    return { kind: 'admin', user: this.world.admin.userId };
  }

  /** An admin mostly, or the supervisor. */
  manager(): Who {
    if (this.draw.chance(0.6)) return this.admin();
    return { kind: 'supervisor', user: this.world.supervisor.userId, groups: this.world.supervisor.supervisedGroupIds };
  }

  /** An operator who can sign in; a manager where there is none. */
  operatorWho(id?: string): Who {
    const able = [...this.model.operators.values()].filter(({ userActive }) => userActive);
    const operator = able.find((one) => one.id === id) ?? (able.length > 0 ? this.draw.one(able) : undefined);
    return operator ? { kind: 'operator', user: operator.user, operator: operator.id } : this.manager();
  }

  /** One of the inquiries that came in lately, mostly one that is wanted; now and then one that is not there. */
  inquiry(isWanted: (one: ModelInquiry) => boolean = ({ status }) => status === 'ACTIVE'): string {
    const recent = [...this.model.inquiries.values()].slice(-RECENT);
    const wanted = recent.filter(isWanted);
    if (wanted.length > 0 && this.draw.chance(0.8)) return this.draw.one(wanted).id;
    return recent.length > 0 && this.draw.chance(0.9) ? this.draw.one(recent).id : NOBODY;
  }

  /** Who has an inquiry nearly always. */
  holderOf(inquiry: string): Who {
    const holder = this.model.inquiries.get(inquiry)?.operator ?? undefined;
    return this.draw.chance(0.85) ? this.operatorWho(holder) : this.whoFor(inquiry);
  }

  /** Who has an inquiry, a manager, or somebody else. */
  whoFor(inquiry: string): Who {
    const holder = this.model.inquiries.get(inquiry)?.operator;
    const what = this.draw.fraction();
    if (what < 0.2) return this.operatorWho();
    return what < 0.7 && holder ? this.operatorWho(holder) : this.manager();
  }

  operator(): ModelOperator | undefined {
    const all = [...this.model.operators.values()];
    return all.length > 0 && this.draw.chance(0.98) ? this.draw.one(all) : undefined;
  }

  /** One who has something open mostly, or one of those that are wanted. */
  busyOperator(isWanted: (one: ModelOperator) => boolean = () => false): ModelOperator | undefined {
    const all = [...this.model.operators.values()];
    const wanted = all.filter(isWanted);
    if (wanted.length > 0 && this.draw.chance(0.5)) return this.draw.one(wanted);
    const busy = all.filter(({ load }) => load > 0);
    return busy.length > 0 && this.draw.chance(0.6) ? this.draw.one(busy) : this.operator();
  }

  /** One of which nothing is active mostly. */
  idleSource(): ModelSource | undefined {
    const active = [...this.model.inquiries.values()].filter(({ status }) => status === 'ACTIVE');
    const used = new Set(active.map(({ source }) => source));
    const idle = [...this.model.sources.values()].filter(({ id, removed }) => !removed && !used.has(id));
    return idle.length > 0 && this.draw.chance(0.8) ? this.draw.one(idle) : this.source();
  }

  source(): ModelSource | undefined {
    const all = [...this.model.sources.values()];
    const present = all.filter(({ removed }) => !removed);
    if (present.length > 0 && this.draw.chance(0.93)) return this.draw.one(present);
    return all.length > 0 && this.draw.chance(0.7) ? this.draw.one(all) : undefined;
  }

  /** The global id of something, or of what is not there. */
  idOf(kind: string, one: { readonly id: string } | string | undefined): string {
    return encodeId(kind, typeof one === 'string' ? one : (one?.id ?? NOBODY));
  }

  /** Puts the clock forward, for both. */
  pass(milliseconds: number): void {
    this.world.clock.advance(milliseconds);
    this.model.now += milliseconds;
    this.steps.push(`${new Date(this.model.now).toISOString()}`);
  }
}
