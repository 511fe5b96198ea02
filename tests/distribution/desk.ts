import { sql } from 'kysely';
import { type Draws, systemDraws } from '../../src/services/distribution/draws.js';
import { handOut } from '../../src/services/distribution/hand-out.js';
import { registerInquiry } from '../../src/services/distribution/register-inquiry.js';
import { systemActor, type UserActor } from '../../src/services/shared/access/actor.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { MovableClock } from '../support/movable-clock.js';
import { type Product, startProduct } from '../support/product.js';
import { createUser, type SignedIn, signInLogin, signInUser } from '../support/sign-ins.js';

const ACTOR = systemActor('test');

/** What of a source matters here; without anything nothing is reserved, due or sticky. */
export interface SourceParts {
  readonly sticky?: boolean;
  readonly acceptWithinSeconds?: number;
  readonly answerWithinSeconds?: number;
  readonly warnBeforeSeconds?: number;
  readonly skills?: readonly string[];
}

/** An operator at the desk. */
export interface DeskOperator {
  readonly key: string;
  /** The global id. */
  readonly id: string;
  readonly userId: string;
  /** What they sign in with. */
  readonly token: string;
}

/** What a mutation on an inquiry was answered with; a refusal that is thrown is among the errors, without a path. */
export interface Done {
  readonly inquiry: Record<string, unknown> | null;
  /** `STATE_NOT_ALLOWED input.inquiryId`. */
  readonly errors: readonly string[];
  readonly messages: readonly string[];
}

/** Sources, operators and inquiries of a product that nobody distributes but the test. */
export class Desk {
  #people = 0;

  private constructor(
    readonly product: Product,
    private readonly clock: MovableClock,
    public admin: SignedIn<UserActor>,
  ) {}

  static async open(env: NodeJS.ProcessEnv = {}): Promise<Desk> {
    const clock = new MovableClock();
    const product = await startProduct({ env, clock });
    return new Desk(product, clock, await signInUser(product.database, { role: 'admin' }));
  }

  /** Lets so many seconds pass, after which the admin signs in again. */
  async pass(seconds: number): Promise<void> {
    this.clock.advance(seconds * 1_000);
    this.admin = await signInUser(this.product.database, { role: 'admin' });
  }

  async source(parts: SourceParts = {}): Promise<string> {
    this.#people += 1;
    const name = `Source ${this.#people}`;
    const [row] = await this.rows<{ id: string }>(sql`
      insert into source (name, name_key, sticky, accept_within_seconds, answer_within_seconds, warn_before_seconds, skills)
      values (${name}, ${name.toLowerCase()}, ${parts.sticky ?? false}, ${parts.acceptWithinSeconds ?? null},
        ${parts.answerWithinSeconds ?? null}, ${parts.warnBeforeSeconds ?? null}, ${[...(parts.skills ?? [])]}::text[])
      returning id`);
    return row!.id;
  }

  /** Makes an operator, who takes inquiries of the sources named. */
  async operator(
    maxLoad = 5,
    { sources = [], groupId }: { readonly sources?: readonly string[]; readonly groupId?: string } = {},
  ): Promise<DeskOperator> {
    const { database } = this.product;
    const parts = { role: 'operator', operator: {}, ...(groupId === undefined ? {} : { groupId }) } as const;
    const { userId, loginId } = await createUser(database, parts);
    const [row] = await this.rows<{ id: string }>(sql`
      update operator set max_load = ${maxLoad} where user_id = ${userId} returning id`);
    for (const source of sources) {
      // Whoever changes a source's weights holds its row.
      await this.rows(sql`
        with s as (select id from source where id = ${source} for no key update)
        insert into source_weight (source_id, operator_id, weight) select id, ${row!.id}, 1 from s`);
    }
    const token = await signInLogin(database, loginId, 'user');
    return { key: row!.id, id: encodeId('Operator', row!.id), userId, token };
  }

  /** Registers an inquiry of a new lead, or of one known by a name; its global id. */
  async inquiry(source: string, lead?: string, draws: Draws = systemDraws): Promise<string> {
    this.#people += 1;
    const input = { source: encodeId('Source', source), externalId: lead ?? `lead-${this.#people}` };
    const idempotencyKey = `key-${this.#people}`;
    const { inquiryId } = await this.product.database.transact(ACTOR, (work) =>
      registerInquiry(work, { ...input, message: 'Hello', idempotencyKey }, draws),
    );
    return encodeId('Inquiry', inquiryId);
  }

  /** Gives out what waits, as the distributor does; how many. */
  distribute(): Promise<number> {
    return this.product.database.transact(ACTOR, (work) => handOut(work, systemDraws, 20));
  }

  /** Does something with inquiries as a client. */
  async do(name: string, input: object, token = this.admin.token, shown = 'id status'): Promise<Done> {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${name}(input: $input) { inquiry { ${shown} } errors { code message path } } }`;
    const { data, errors: thrown = [] } = await this.product.graphql(document, { input }, token);
    const payload: { inquiry: Done['inquiry']; errors: { code: string; message: string; path: string[] }[] } = data?.[
      name
    ] ?? { inquiry: null, errors: [] };
    return {
      inquiry: payload.inquiry,
      errors: [
        ...payload.errors.map(({ code, path }) => `${code} ${path.join('.')}`),
        ...thrown.map(({ extensions }) => extensions.code),
      ],
      messages: [...payload.errors, ...thrown].map(({ message }) => message),
    };
  }

  assign = (inquiryId: string, { id }: DeskOperator, token?: string) =>
    this.do('assignInquiry', { inquiryId, operatorId: id }, token);

  setStatus = (inquiryId: string, status: string, token?: string) =>
    this.do('changeInquiryStatus', { inquiryId, status }, token);

  /** What an inquiry's field selection says to an admin, or to whoever asks. */
  async read(id: string, fields: string, token = this.admin.token): Promise<Record<string, unknown> | null> {
    const { data, errors } = await this.product.graphql(
      `query ($id: ID!) { inquiry(id: $id) { ${fields} } }`,
      { id },
      token,
    );
    if (errors) throw new Error(JSON.stringify(errors));
    return data.inquiry;
  }

  /** The assignments of an inquiry, the first first. */
  async assignments(id: string, fields = 'way end'): Promise<Record<string, unknown>[]> {
    const read = await this.read(id, `assignments(first: 50) { nodes { ${fields} } }`);
    return (read!.assignments as { nodes: Record<string, unknown>[] }).nodes.reverse();
  }

  /** The kinds of what the log tells of an inquiry, in order. */
  async told(id: string): Promise<string[]> {
    const rows = await this.rows<{ kind: string }>(sql`
      select kind from feed.event where subject_kind = 'Inquiry' and subject_id = ${keyOf(id)} order by xid, position`);
    return rows.map(({ kind }) => kind);
  }

  async load({ key }: DeskOperator): Promise<number> {
    const [row] = await this.rows<{ load: number }>(sql`select load from operator where id = ${key}`);
    return row!.load;
  }

  rows<Row>(statement: ReturnType<typeof sql<Row>>): Promise<Row[]> {
    return this.product.database.rows(statement);
  }

  close(): Promise<void> {
    return this.product.stop();
  }
}

/** The key in an inquiry's global id. */
export function keyOf(id: string): string {
  return Buffer.from(id, 'base64url').toString().split(':')[1]!;
}
