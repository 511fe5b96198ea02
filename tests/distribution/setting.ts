import { sql } from 'kysely';
import { InquiryStatus } from '../../src/entities/distribution/inquiry-status.enum.js';
import type { WeeklySchedule } from '../../src/entities/identity/operator.entity.js';
import type { Presence } from '../../src/entities/identity/presence.enum.js';
import { changeInquiryStatus } from '../../src/services/distribution/change-inquiry-status.js';
import { createSource } from '../../src/services/distribution/create-source.js';
import { systemDraws } from '../../src/services/distribution/draws.js';
import { registerInquiry } from '../../src/services/distribution/register-inquiry.js';
import { setSourceWeight } from '../../src/services/distribution/set-source-weight.js';
import type { SourceSettings } from '../../src/services/distribution/source.fields.js';
import { systemActor, type UserActor } from '../../src/services/shared/access/actor.js';
import type { Database } from '../../src/services/shared/database/database.js';
import type { Work } from '../../src/services/shared/database/work.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { distributionFaults } from '../support/distribution-checks.js';
import { startTestDistributor, type TestDistributor } from '../support/distributor.js';
import { until } from '../support/load-process.js';
import { MovableClock } from '../support/movable-clock.js';
import { type Product, startProduct } from '../support/product.js';
import { type SignedIn, signInUser } from '../support/sign-ins.js';

/** Longer than any test takes: what happens all the same was not come upon by chance. */
const NEVER_MS = 600_000;
const ACTOR = systemActor('test');

/** An operator as a test makes one; what is left out is as it hinders nothing. */
export interface OperatorParts {
  readonly maxLoad?: number;
  readonly skills?: readonly string[];
  readonly schedule?: WeeklySchedule;
  readonly presence?: Presence;
  readonly active?: boolean;
}

/** An inquiry as it stands. */
export interface InquiryRow {
  readonly id: string;
  readonly operator_id: string | null;
  readonly status: InquiryStatus;
  readonly waiting_reason: string | null;
  readonly accept_by: string | null;
  readonly passes: number;
  readonly version: number;
}

/** An operator, by key, signed in. */
export type Operator = SignedIn<UserActor> & { readonly id: string; readonly globalId: string };

/** The product with distributors, on a clock that a test can put forward. Operators and inquiries go by their keys. */
export class DistributionSetting {
  readonly #distributors: TestDistributor[] = [];
  #serial = 0;

  private constructor(
    readonly product: Product,
    readonly clock: MovableClock,
  ) {}

  static async start(): Promise<DistributionSetting> {
    const clock = new MovableClock();
    return new DistributionSetting(await startProduct({ env: { READ_PLANS: 'on' }, clock }), clock);
  }

  get database(): Database {
    return this.product.database;
  }

  /** Starts one more distributor; it looks when it is woken only, unless it is told to look by itself. */
  async distribute({ pollMs = NEVER_MS, database = this.database } = {}): Promise<TestDistributor> {
    const distributor = await startTestDistributor({ database }, { pollMs });
    this.#distributors.push(distributor);
    return distributor;
  }

  /** Stops all distributors, in which nothing may have failed. */
  async rest(): Promise<void> {
    const stopped = this.#distributors.splice(0);
    await Promise.all(stopped.map((one) => one.stop()));
    expect(stopped.flatMap((one) => one.failures)).toEqual([]);
  }

  /** Puts the clock forward and has distributors look. */
  advance(milliseconds: number): void {
    this.clock.advance(milliseconds);
    for (const distributor of this.#distributors) distributor.wake();
  }

  /** Does something as somebody, the product itself unless said otherwise, in a transaction. */
  as<Result>(who: Pick<Operator, 'actor'> | undefined, verb: (work: Work) => Promise<Result>): Promise<Result> {
    return this.database.transact(who?.actor ?? ACTOR, verb);
  }

  async operator(parts: OperatorParts = {}): Promise<Operator> {
    const { maxLoad = 5, skills = [], schedule = null, presence = 'ONLINE', active = true } = parts;
    const signedIn = await signInUser(this.database, { role: 'operator', operator: {} });
    const id = signedIn.actor.operatorId!;
    await this.database.rows(sql`
      update operator set max_load = ${maxLoad}, skills = ${[...skills]}::text[], active = ${active},
        schedule = ${schedule === null ? null : JSON.stringify(schedule)}::jsonb
      where id = ${id}`);
    await this.database.rows(sql`update app_user set presence = ${presence} where id = ${signedIn.actor.userId}`);
    return { ...signedIn, id, globalId: encodeId('Operator', id) };
  }

  /** Makes a source with operators of equal weights; gives its global id. */
  async source(operators: readonly Operator[], settings: SourceSettings = {}): Promise<string> {
    const name = `Source ${this.#next()}`;
    const sourceId = encodeId('Source', await this.as(undefined, (work) => createSource(work, { name, ...settings })));
    for (const operator of operators) await this.weigh(sourceId, operator, '1');
    return sourceId;
  }

  async weigh(sourceId: string, { globalId: operatorId }: Operator, weight: string): Promise<void> {
    await this.as(undefined, (work) => setSourceWeight(work, { sourceId, operatorId, weight }));
  }

  /** Registers an inquiry of somebody new; gives its key. */
  async register(
    source: string,
    parts: { readonly priority?: number; readonly skills?: readonly string[]; readonly externalId?: string } = {},
  ): Promise<string> {
    const idempotencyKey = `inquiry ${this.#next()}`;
    const input = { source, idempotencyKey, externalId: idempotencyKey, ...parts };
    return (await this.as(undefined, (work) => registerInquiry(work, input, systemDraws))).inquiryId;
  }

  /** Registers several, one after another. */
  async registerMany(count: number, source: string): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) ids.push(await this.register(source));
    return ids;
  }

  async end(inquiry: string, status: InquiryStatus = InquiryStatus.CLOSED): Promise<void> {
    const inquiryId = encodeId('Inquiry', inquiry);
    await this.as(undefined, (work) => changeInquiryStatus(work, { inquiryId, status }));
  }

  async inquiry(id: string): Promise<InquiryRow> {
    const [row] = await this.database.rows(sql<InquiryRow>`
      select id, operator_id, status, waiting_reason, accept_by, passes, version from inquiry where id = ${id}`);
    return row!;
  }

  /** Who has each of some inquiries. */
  async operatorsOf(...ids: readonly string[]): Promise<(string | null)[]> {
    return Promise.all(ids.map(async (id) => (await this.inquiry(id)).operator_id));
  }

  /** Waits until an inquiry is somebody's; gives whose. */
  async untilAssigned(id: string): Promise<string> {
    await until(async () => (await this.inquiry(id)).operator_id !== null, `an operator for inquiry ${id}`);
    return (await this.inquiry(id)).operator_id!;
  }

  /** The kinds of the events of an inquiry, the first first. */
  async eventsOf(id: string): Promise<string[]> {
    const rows = await this.database.rows(sql<{ kind: string }>`
      select kind from feed.event where subject_kind = 'Inquiry' and subject_id = ${id} order by xid, position`);
    return rows.map(({ kind }) => kind);
  }

  /** Checks that all is as it must be when nothing is under way. */
  async check(): Promise<void> {
    expect(await distributionFaults(this.database)).toEqual([]);
  }

  async stop(): Promise<void> {
    await this.rest();
    await this.product.stop();
  }

  #next(): number {
    this.#serial += 1;
    return this.#serial;
  }
}
