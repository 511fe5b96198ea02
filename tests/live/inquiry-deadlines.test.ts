import { sql } from 'kysely';
import { answerInquiry } from '../../src/services/distribution/answer-inquiry.js';
import { decodeId, encodeId } from '../../src/services/shared/ids/global-id.js';
import { startTestDistributor, type TestDistributor } from '../support/distributor.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, signInPartner } from '../support/sign-ins.js';
import { type Subscriber, subscribe, untilNobodyListens } from '../support/subscribe.js';
import { InquiryWorld } from './inquiry-world.js';

const DEADLINE = `subscription ($filter: InquiryDeadlineFilter, $after: Cursor) {
  inquiryDeadline(filter: $filter, after: $after) { cursor gap { reason } kind answerDueAt inquiryId
    inquiry { id status answerDueAt answeredAt operator { alias } } } }`;

interface DeadlineData {
  inquiryDeadline: {
    cursor: string;
    kind: string;
    answerDueAt: string;
    inquiryId: string;
    inquiry: { id: string; answerDueAt: string; operator: { alias: string } | null } | null;
  };
}

let product: Product;
let distributor: TestDistributor;
let actors: Actors;
let world: InquiryWorld;
let alisa: string;
let boris: string;
let toAlisa: string;
let toBoris: string;
let toNobody: string;
const open: Subscriber<DeadlineData>[] = [];

const follow = async (token: string, variables: object = {}) => {
  const subscriber = await subscribe<DeadlineData>(product, DEADLINE, { token, variables: { ...variables } });
  open.push(subscriber);
  return subscriber;
};
const told = ({ events }: Subscriber<DeadlineData>) =>
  events.map(({ inquiryDeadline: { kind, inquiryId } }) => `${kind} ${inquiryId}`);
/** Has the time come of a warning, or of the deadline itself, that stands an hour ahead. */
async function bring(instant: 'warn_at' | 'breach_at', ...ids: string[]): Promise<void> {
  const keys = ids.map((id) => decodeId(id)!.key);
  await product.database.rows(
    sql`update inquiry set ${sql.ref(instant)} = now() where id = any(${keys}::bigint[]) and ${sql.ref(instant)} is not null`,
  );
  distributor.wake();
}

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
  distributor = await startTestDistributor(product);
  world = new InquiryWorld(product.database);
  alisa = actors.operator.actor.operatorId!;
  boris = actors.otherOperator.actor.operatorId!;
  for (const operatorId of [alisa, boris]) await world.limit(operatorId, 1_000);
  const hour = { answerWithinSeconds: 3_600, warnBeforeSeconds: 600 };
  toAlisa = await world.source([alisa], hour);
  toBoris = await world.source([boris], hour);
  toNobody = await world.source([], hour);
});
afterEach(async () => {
  // What a plan makes otherwise than the resolvers comes as an error beside the message.
  expect(open.flatMap(({ errors }) => errors)).toEqual([]);
  await Promise.all(open.splice(0).map((subscriber) => subscriber.stop()));
  await untilNobodyListens(product);
  expect(distributor.failures).toEqual([]);
});
afterAll(async () => {
  await distributor.stop();
  await product.stop();
});

describe('the feed of deadlines', () => {
  it('warns an operator before the deadline of a first answer, and tells of its breach', async () => {
    const operator = await follow(actors.operator.token);
    const id = await world.register(toAlisa);
    await bring('warn_at', id);
    const [warning] = await operator.until(1);
    const { answerDueAt } = warning!.inquiryDeadline;
    expect(new Date(answerDueAt).getTime() - Date.now()).toBeGreaterThan(3_000_000);
    await bring('breach_at', id);
    await operator.until(2);
    const inquiry = { id, status: 'ACTIVE', answerDueAt, answeredAt: null, operator: { alias: 'Alisa' } };
    const message = { cursor: expect.any(String), gap: null, answerDueAt, inquiryId: id, inquiry };
    expect(operator.events).toEqual([
      { inquiryDeadline: { ...message, kind: 'WARNING' } },
      { inquiryDeadline: { ...message, kind: 'BREACH' } },
    ]);
  });

  it('warns by itself, in time for an answer', async () => {
    // A warning that is five seconds late would still be one.
    const quick = await world.source([alisa], { answerWithinSeconds: 7, warnBeforeSeconds: 6 });
    const operator = await follow(actors.operator.token);
    const id = await world.register(quick);
    const [warning] = await operator.until(1);
    expect(warning!.inquiryDeadline).toMatchObject({ kind: 'WARNING', inquiryId: id });
    expect(Date.now()).toBeLessThan(new Date(warning!.inquiryDeadline.answerDueAt).getTime());
    await world.do((work) => answerInquiry(work, { inquiryId: id }), actors.operator.actor);
  });

  it('tells an operator of theirs alone, and those who read all of all, of those that wait too', async () => {
    const followers = {
      admin: await follow(actors.admin.token),
      supervisor: await follow(actors.supervisor.token),
      partner: await follow((await signInPartner(product.database, ['inquiries:read'])).token),
      operator: await follow(actors.operator.token),
      otherOperator: await follow(actors.otherOperator.token),
    };
    const [a, b, c] = [await world.register(toAlisa), await world.register(toBoris), await world.register(toNobody)];
    const steps = [
      ['warn_at', a],
      ['warn_at', c],
      ['warn_at', b],
      ['breach_at', c],
      ['breach_at', b],
      ['breach_at', a],
    ] as const;
    for (const [i, [instant, id]] of steps.entries()) {
      await bring(instant, id);
      await followers.admin.until(i + 1);
    }
    const all = [`WARNING ${a}`, `WARNING ${c}`, `WARNING ${b}`, `BREACH ${c}`, `BREACH ${b}`, `BREACH ${a}`];
    const expected = {
      admin: all,
      supervisor: all,
      partner: all,
      operator: [`WARNING ${a}`, `BREACH ${a}`],
      otherOperator: [`WARNING ${b}`, `BREACH ${b}`],
    };
    for (const [who, seen] of Object.entries(expected)) {
      const follower = followers[who as keyof typeof followers];
      await follower.until(seen.length);
      expect([who, ...told(follower)]).toEqual([who, ...seen]);
    }
  });

  it('says nothing where the answer came in time', async () => {
    const admin = await follow(actors.admin.token);
    const id = await world.register(toAlisa);
    await world.do((work) => answerInquiry(work, { inquiryId: id }), actors.operator.actor);
    const late = await world.register(toAlisa);
    await bring('warn_at', id, late);
    await admin.until(1);
    await bring('breach_at', id, late);
    await admin.until(2);
    expect(told(admin)).toEqual([`WARNING ${late}`, `BREACH ${late}`]);
  });

  it('keeps to its filter', async () => {
    const filters = [
      { sourceId: encodeId('Source', toBoris) },
      { operatorId: encodeId('Operator', alisa) },
      { groupId: encodeId('UserGroup', actors.groupId), kind: 'BREACH' },
    ];
    const [ofSource, ofOperator, ofGroup] = await Promise.all(
      filters.map((filter) => follow(actors.supervisor.token, { filter })),
    );
    const all = await follow(actors.supervisor.token);
    const [a, b] = [await world.register(toAlisa), await world.register(toBoris)];
    await bring('warn_at', a, b);
    await all.until(2);
    await bring('breach_at', a, b);
    await all.until(4);
    await ofSource!.until(2);
    await ofOperator!.until(2);
    await ofGroup!.until(1);
    expect(told(ofSource!)).toEqual([`WARNING ${b}`, `BREACH ${b}`]);
    expect(told(ofOperator!)).toEqual([`WARNING ${a}`, `BREACH ${a}`]);
    expect(told(ofGroup!)).toEqual([`BREACH ${a}`]);
  });

  it('goes on behind a cursor with nothing lost and nothing twice', async () => {
    const first = await follow(actors.operator.token);
    const id = await world.register(toAlisa);
    await bring('warn_at', id);
    const [warning] = await first.until(1);
    await first.stop();
    await untilNobodyListens(product);
    const other = await follow(actors.admin.token);
    await bring('breach_at', id);
    await other.until(1);
    const second = await follow(actors.operator.token, { after: warning!.inquiryDeadline.cursor });
    await second.until(1);
    expect(told(second)).toEqual([`BREACH ${id}`]);
  });
});
