import { sql } from 'kysely';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { statementsOf } from '../support/count-statements.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, signInPartner } from '../support/sign-ins.js';
import { ChoiceWorld, LAST_DRAW } from './choice-world.js';

const OPERATOR = `alias from to load maxLoad use assigned assignedByChance assignedSticky assignedByHand offered accepted
  declined notAccepted answered answeredInTime answeredLate meanAnswerSeconds closed rejected`;
const SOURCE = `name registered answered answeredInTime answeredLate overdue meanAnswerSeconds waiting assigned assignedByChance
  assignedSticky assignedByHand offered accepted declined notAccepted`;
const SHARES = `operators { operatorId assignedByChance expected share expectedShare weight weightShare assignedSticky
  assignedByHand offered accepted declined notAccepted } fairness { figure degreesOfFreedom probability bound within enough }`;
const MAY = { from: '2026-05-01', to: '2026-05-31' };

let product: Product;
let actors: Actors;
let world: ChoiceWorld;

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
  world = new ChoiceWorld(product.database);
});
afterAll(() => product?.stop());

const ask = (document: string, variables: object, token = actors.supervisor.token) =>
  product.graphql(document, variables, token);
async function answerOf(document: string, variables: object, token?: string) {
  const { data, errors } = await ask(document, variables, token);
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
const ofOperator = async (key: string, period = MAY) =>
  (
    await answerOf(
      `query ($id: ID!, $from: LocalDate!, $to: LocalDate!) { operator(id: $id) { statistics(from: $from, to: $to) { ${OPERATOR} } } }`,
      { id: encodeId('Operator', key), ...period },
    )
  ).operator.statistics;
const ofSource = async (key: string, selection: string, period = MAY) =>
  (
    await answerOf(
      `query ($id: ID!, $from: LocalDate!, $to: LocalDate!) { source(id: $id) { statistics(from: $from, to: $to) { ${selection} } } }`,
      { id: encodeId('Source', key), ...period },
    )
  ).source.statistics;

/** What happens to an inquiry, at an instant. */
const change = (...statements: ReturnType<typeof sql>[]) =>
  product.database.transact(actors.admin.actor, async (work) => {
    for (const statement of statements) await work.rows(statement);
  });
const answer = (id: string, at: string) => change(sql`update inquiry set answered_at = ${at} where id = ${id}`);
const accept = (id: string, at: string) =>
  change(
    sql`update assignment set accepted_at = ${at} where inquiry_id = ${id} and ended_at is null`,
    sql`update inquiry set accept_by = null where id = ${id}`,
  );
const passOn = (id: string, why: string, at: string) =>
  change(sql`select distribution.release(${id}::bigint, ${why}, 'HANDED_BACK', ${at}::timestamptz)`);
const end = (id: string, how: string, at: string) =>
  change(
    sql`update assignment set ended_at = ${at}, "end" = ${how} where inquiry_id = ${id} and ended_at is null`,
    sql`update inquiry set status = ${how}, ended_at = ${at}, accept_by = null, waiting_reason = null, waiting_since = null
      where id = ${id}`,
  );
const giveByHand = (id: string, source: string, operator: string, at: string) =>
  change(
    sql`insert into assignment (inquiry_id, source_id, operator_id, way, made_by_id, made_at)
      values (${id}, ${source}, ${operator}, 'BY_HAND', ${actors.admin.actor.userId}, ${at})`,
    sql`update inquiry set operator_id = ${operator}, waiting_reason = null, waiting_since = null where id = ${id}`,
  );
const at = (instant: string, draw = 0) => ({ at: new Date(instant), draws: Array.from({ length: 8 }, () => draw) });

describe('an operator’s statistics', () => {
  it('tell what they were given, what they did with it, and how soon they answered', async () => {
    const [anna, boris] = (await world.operators(2, { maxLoad: 6 })) as [string, string];
    const source = await world.source(
      { [anna]: 1 },
      { acceptWithinSeconds: 60, answerWithinSeconds: 600, sticky: true },
    );
    // At once theirs, answered in 90 seconds, closed in June.
    const first = await world.register(source, { ...at('2026-05-10T09:00:00Z'), externalId: 'same' });
    await accept(first.inquiry_id, '2026-05-10T09:00:10Z');
    await answer(first.inquiry_id, '2026-05-10T09:01:30Z');
    await end(first.inquiry_id, 'CLOSED', '2026-06-02T09:00:00Z');
    // Of the same lead; answered too late, rejected within May.
    const second = await world.register(source, { ...at('2026-05-11T09:00:00Z'), externalId: 'same' });
    await accept(second.inquiry_id, '2026-05-11T09:00:10Z');
    await answer(second.inquiry_id, '2026-05-11T09:10:01Z');
    await end(second.inquiry_id, 'REJECTED', '2026-05-31T20:59:59.999Z');
    // Declined, let pass, then by hand to the other, who answered.
    const third = await world.register(source, at('2026-05-12T09:00:00Z'));
    await passOn(third.inquiry_id, 'DECLINED', '2026-05-12T09:00:30Z');
    await giveByHand(third.inquiry_id, source, boris, '2026-05-12T09:02:00Z');
    await answer(third.inquiry_id, '2026-05-12T09:04:00.250Z');
    const fourth = await world.register(source, at('2026-05-13T09:00:00Z'));
    await passOn(fourth.inquiry_id, 'NOT_ACCEPTED', '2026-05-13T09:01:00Z');
    await end(fourth.inquiry_id, 'REJECTED', '2026-05-13T09:02:00Z');
    // Assigned in April, closed in May; and one of June.
    const early = await world.register(source, at('2026-04-30T20:59:59.999Z'));
    await end(early.inquiry_id, 'CLOSED', '2026-04-30T21:00:00Z');
    await world.register(source, at('2026-05-31T21:00:00Z'));

    expect(await ofOperator(anna)).toEqual({
      alias: expect.any(String),
      ...MAY,
      load: 1,
      maxLoad: 6,
      use: '0.1667',
      assigned: 4,
      assignedByChance: 3,
      assignedSticky: 1,
      assignedByHand: 0,
      offered: 4,
      accepted: 2,
      declined: 1,
      notAccepted: 1,
      answered: 2,
      answeredInTime: 1,
      answeredLate: 1,
      // 90 and 601 seconds.
      meanAnswerSeconds: '345.50',
      closed: 1,
      rejected: 1,
    });
    expect(await ofOperator(boris)).toMatchObject({
      load: 1,
      assigned: 1,
      assignedByHand: 1,
      offered: 0,
      answered: 1,
      answeredInTime: 1,
      meanAnswerSeconds: '120.25',
    });
  });

  it('are of nothing for who did nothing, and say no use of no limit', async () => {
    const nobody = await world.operator({ maxLoad: 0 });
    const { alias: _, from: __, to: ___, ...counts } = await ofOperator(nobody);
    const { use, meanAnswerSeconds, ...numbers } = counts;
    expect([use, meanAnswerSeconds]).toEqual([null, null]);
    expect(Object.values(numbers)).toEqual(Object.values(numbers).map(() => 0));
  });

  it('say more than the whole where the limit was lowered below the load', async () => {
    const busy = await world.operator({ maxLoad: 3 });
    const source = await world.source({ [busy]: 1 });
    for (let i = 0; i < 3; i += 1) await world.register(source);
    await product.database.rows(sql`update operator set max_load = 2 where id = ${busy}`);
    expect(await ofOperator(busy)).toMatchObject({ load: 3, maxLoad: 2, use: '1.5000' });
  });

  const LIST = `query ($from: LocalDate!, $to: LocalDate!, $first: Int, $after: String) {
    operatorStatistics(from: $from, to: $to, first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } nodes { operatorId alias load operator { id } } } }`;

  it('are listed by alias, in pages', async () => {
    const aliases = await product.database.rows(sql<{ alias: string }>`select alias from operator order by alias, id`);
    const found: string[] = [];
    let after: string | null = null;
    do {
      const { operatorStatistics: page } = await answerOf(LIST, { ...MAY, first: 3, after });
      expect(page.totalCount).toBe(aliases.length);
      found.push(...page.nodes.map(({ alias }: { alias: string }) => alias));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(found).toEqual(aliases.map(({ alias }) => alias));
  });

  it('are an operator’s own alone, and all a supervisor’s and a partner’s who reads reports', async () => {
    const total = async (token: string) => (await answerOf(LIST, MAY, token)).operatorStatistics.totalCount;
    const all = await total(actors.admin.token);
    const partner = await signInPartner(product.database, ['reports:read']);
    expect([await total(actors.supervisor.token), await total(partner.token)]).toEqual([all, all]);
    const own = (await answerOf(LIST, MAY, actors.operator.token)).operatorStatistics.nodes;
    const id = encodeId('Operator', actors.operator.actor.operatorId!);
    expect(own).toEqual([{ operatorId: id, alias: 'Alisa', load: 0, operator: { id } }]);
    // A partner learns names and numbers from a report, and no more of anybody.
    const [theirs] = (await answerOf(LIST, MAY, partner.token)).operatorStatistics.nodes;
    expect(theirs).toMatchObject({ operatorId: expect.any(String), operator: null });
    const others = `query ($id: ID!) { operator(id: $id) { alias statistics(from: "2026-05-01", to: "2026-05-31") { load } } }`;
    const other = { id: encodeId('Operator', actors.otherOperator.actor.operatorId!) };
    expect((await answerOf(others, other, actors.operator.token)).operator).toEqual({
      alias: 'Boris',
      statistics: null,
    });
    expect((await answerOf(others, { id }, actors.operator.token)).operator.statistics).toEqual({ load: 0 });
  });

  it('tell a partner of no load and no limit; an operator of their own, a supervisor of all', async () => {
    const list = `{ operatorStatistics(from: "2026-05-01", to: "2026-05-31", first: 100) { nodes { load maxLoad use assigned } } }`;
    const partner = await signInPartner(product.database, ['reports:read', 'inquiries:read']);
    const seenBy = async (token: string) => (await answerOf(list, {}, token)).operatorStatistics.nodes;
    const numbers = (nodes: { assigned: number }[]) => nodes.map(({ assigned }) => assigned);
    const [all, theirs] = [await seenBy(actors.supervisor.token), await seenBy(partner.token)];
    expect(all.every(({ load, maxLoad }: Record<string, unknown>) => load !== null && maxLoad !== null)).toBe(true);
    expect(theirs).toEqual(numbers(all).map((assigned) => ({ load: null, maxLoad: null, use: null, assigned })));
    expect(await seenBy(actors.operator.token)).toMatchObject([{ load: 0, maxLoad: expect.any(Number) }]);
  });
});

describe('a source’s statistics', () => {
  it('tell what came in and how soon it was answered', async () => {
    const [operator] = (await world.operators(1, { maxLoad: 4 })) as [string];
    const source = await world.source({ [operator]: 1 }, { answerWithinSeconds: 60 });
    const times = [
      '2026-05-01T00:00:00+03:00',
      '2026-05-02T12:00:00Z',
      '2026-05-03T12:00:00Z',
      '2026-05-31T23:59:59+03:00',
    ];
    const ids: string[] = [];
    for (const time of times) ids.push((await world.register(source, at(time))).inquiry_id);
    await answer(ids[0]!, '2026-05-01T00:01:00+03:00');
    await answer(ids[1]!, '2026-05-02T12:01:00.500Z');
    // Ended before it was due.
    await end(ids[2]!, 'REJECTED', '2026-05-03T12:00:59Z');
    // One before and one behind the period; the last finds nobody free.
    await world.register(source, at('2026-04-30T23:59:59.999+03:00'));
    await world.register(source, at('2026-06-01T00:00:00+03:00'));
    expect(await ofSource(source, SOURCE)).toEqual({
      name: expect.stringMatching(/^Source/),
      registered: 4,
      answered: 2,
      answeredInTime: 1,
      answeredLate: 1,
      overdue: 1,
      meanAnswerSeconds: '60.25',
      waiting: 1,
      assigned: 4,
      assignedByChance: 4,
      assignedSticky: 0,
      assignedByHand: 0,
      offered: 0,
      accepted: 0,
      declined: 0,
      notAccepted: 0,
    });
  });

  it('hold what each got beside what was to be expected of whoever was eligible in each choice', async () => {
    const [a, b, c, d] = (await world.operators(4)) as [string, string, string, string];
    const source = await world.source({ [a]: 1, [b]: 3 });
    const register = (draw: number) => world.register(source, at('2026-05-05T12:00:00Z', draw));
    // Both eligible: two of four to each.
    for (const draw of [0, 0, LAST_DRAW, LAST_DRAW]) await register(draw);
    // Only the first.
    await product.database.rows(sql`update operator set max_load = 0 where id = ${b}`);
    for (let i = 0; i < 2; i += 1) await register(LAST_DRAW);
    // Other weights, and one more operator.
    await product.database.rows(sql`update operator set max_load = 100 where id = ${b}`);
    await world.weigh(source, { [b]: 1, [c]: 2 });
    for (let i = 0; i < 4; i += 1) await register(LAST_DRAW);
    // Now the second has left, and a new one has come.
    await product.database.rows(sql`delete from source_weight where source_id = ${source} and operator_id = ${b}`);
    await world.weigh(source, { [d]: 5 });
    const none = { assignedSticky: 0, assignedByHand: 0, offered: 0, accepted: 0, declined: 0, notAccepted: 0 };
    const { operators, fairness } = await ofSource(source, SHARES);
    expect(operators).toEqual(
      [
        [a, 4, '4.0000', '0.4000', '0.4000', '1', '0.1250'],
        [b, 2, '4.0000', '0.2000', '0.4000', null, null],
        [c, 4, '2.0000', '0.4000', '0.2000', '2', '0.2500'],
        [d, 0, '0.0000', '0.0000', '0.0000', '5', '0.6250'],
      ].map(([key, assignedByChance, expected, share, expectedShare, weight, weightShare]) => ({
        operatorId: encodeId('Operator', key as string),
        assignedByChance,
        expected,
        share,
        expectedShare,
        weight,
        weightShare,
        ...none,
      })),
    );
    // Distances 0, −2, 2. Variances: of the first 3/4 + 3/4, of the second 3/4 + 3/4, both together −3/4 − 1/4, of the third 1.
    expect(fairness).toEqual({
      figure: '4.8000',
      degreesOfFreedom: 2,
      probability: '0.0907',
      bound: '9.2103',
      within: true,
      enough: false,
    });
  });

  it('count returning leads and those by hand apart, and how often offers moved on', async () => {
    const [a, b] = (await world.operators(2)) as [string, string];
    const source = await world.source({ [a]: 1, [b]: 1 }, { sticky: true, acceptWithinSeconds: 30 });
    const first = await world.register(source, { ...at('2026-05-06T12:00:00Z'), externalId: 'sticks' });
    await accept(first.inquiry_id, '2026-05-06T12:00:05Z');
    await world.register(source, { ...at('2026-05-06T13:00:00Z'), externalId: 'sticks' });
    const moved = await world.register(source, at('2026-05-06T14:00:00Z', LAST_DRAW));
    await passOn(moved.inquiry_id, 'NOT_ACCEPTED', '2026-05-06T14:00:30Z');
    await giveByHand(moved.inquiry_id, source, a, '2026-05-06T14:01:00Z');
    const { operators, ...totals } = await ofSource(
      source,
      'assigned assignedByChance assignedSticky assignedByHand offered accepted declined notAccepted operators { assignedByChance assignedSticky assignedByHand expected notAccepted }',
    );
    expect(totals).toEqual({
      assigned: 4,
      assignedByChance: 2,
      assignedSticky: 1,
      assignedByHand: 1,
      offered: 3,
      accepted: 1,
      declined: 0,
      notAccepted: 1,
    });
    expect(operators).toEqual([
      { assignedByChance: 1, assignedSticky: 1, assignedByHand: 1, expected: '1.0000', notAccepted: 0 },
      { assignedByChance: 1, assignedSticky: 0, assignedByHand: 0, expected: '1.0000', notAccepted: 1 },
    ]);
  });

  it('tell a partner the numbers alone: no weights, nor what is to be expected by them', async () => {
    const [a, b] = (await world.operators(2)) as [string, string];
    const source = await world.source({ [a]: 1, [b]: 3 });
    for (const draw of [0, LAST_DRAW]) await world.register(source, at('2026-05-08T12:00:00Z', draw));
    const partner = await signInPartner(product.database, ['reports:read', 'inquiries:read']);
    const { sourceStatistics } = await answerOf(
      `{ sourceStatistics(from: "2026-05-01", to: "2026-05-31", first: 100) { nodes { sourceId assigned operators {
        assignedByChance share expected expectedShare weight weightShare } fairness { figure } } } }`,
      {},
      partner.token,
    );
    const found = sourceStatistics.nodes.find(
      ({ sourceId }: { sourceId: string }) => sourceId === encodeId('Source', source),
    );
    const hidden = { expected: null, expectedShare: null, weight: null, weightShare: null };
    const one = { assignedByChance: 1, share: '0.5000', ...hidden };
    expect(found).toEqual({ sourceId: encodeId('Source', source), assigned: 2, operators: [one, one], fairness: null });
  });

  it('say nothing of fairness where there was no choice', async () => {
    const source = await world.source({ [await world.operator()]: 1 });
    await world.register(source, at('2026-05-07T12:00:00Z'));
    expect(await ofSource(source, 'fairness { figure } assigned')).toEqual({ fairness: null, assigned: 1 });
    expect(await ofSource(await world.source({}), `${SOURCE} ${SHARES}`)).toMatchObject({
      operators: [],
      fairness: null,
    });
  });

  const LIST = `query ($from: LocalDate!, $to: LocalDate!) { sourceStatistics(from: $from, to: $to, first: 100) {
    totalCount nodes { sourceId name assigned source { id } operators { operatorId } fairness { within } } } }`;

  it('are for who reads reports, removed sources among them; an operator has none of others', async () => {
    const partner = await signInPartner(product.database, ['reports:read']);
    await product.database.rows(sql`update source set removed_at = now() where id = (select max(id) from source)`);
    const [{ count }] = (await product.database.rows(sql<{ count: string }>`select count(*) from source`)) as [
      { count: string },
    ];
    for (const token of [actors.admin.token, actors.supervisor.token, partner.token]) {
      const { sourceStatistics: page } = await answerOf(LIST, MAY, token);
      expect([page.totalCount, page.nodes.length]).toEqual([Number(count), Number(count)]);
      expect(
        page.nodes.every(({ source }: { source: unknown }) => (source === null) === (token === partner.token)),
      ).toBe(true);
    }
    const own = await world.source({ [actors.operator.actor.operatorId!]: 1 });
    const one = `query ($id: ID!) { source(id: $id) { id statistics(from: "2026-05-01", to: "2026-05-01") { assigned } } }`;
    const id = encodeId('Source', own);
    expect((await answerOf(one, { id }, actors.operator.token)).source).toEqual({ id, statistics: null });
  });

  it('are read for all sources of a page by as many statements as for one', async () => {
    const list = (first: number) => () =>
      answerOf(
        `query ($first: Int) { sources(first: $first) { nodes { statistics(from: "2026-05-01", to: "2026-05-31") {
          assigned operators { assignedByChance } fairness { within } } } } }`,
        { first },
      );
    const one = await statementsOf(product, list(1));
    expect((await statementsOf(product, list(8))).length).toBeLessThanOrEqual(one.length + 1);
  });
});

describe('a period', () => {
  const operator = () => encodeId('Operator', actors.operator.actor.operatorId!);

  it.each([
    ['2026-05-02', '2026-05-01', 'to'],
    ['2025-01-01', '2026-01-02', 'to'],
    ['1800-01-01', '1800-01-02', 'from'],
  ])('from %s to %s is refused, with its path', async (from, to, path) => {
    const refused = { errors: [{ extensions: { code: 'BAD_USER_INPUT', path: [path] } }] };
    const variables = { from, to, id: operator() };
    const head = 'query ($from: LocalDate!, $to: LocalDate!';
    const period = '(from: $from, to: $to)';
    expect(await ask(`${head}) { operatorStatistics${period} { nodes { load } } }`, variables)).toMatchObject(refused);
    expect(await ask(`${head}) { sourceStatistics${period} { nodes { name } } }`, variables)).toMatchObject(refused);
    const nested = `${head}, $id: ID!) { operator(id: $id) { statistics${period} { load } } }`;
    expect(await ask(nested, variables)).toMatchObject({ ...refused, data: { operator: { statistics: null } } });
  });

  it('may have 366 days', async () => {
    const { operator: found } = await answerOf(
      `query ($id: ID!) { operator(id: $id) { statistics(from: "2025-01-01", to: "2026-01-01") { from to } } }`,
      { id: operator() },
    );
    expect(found.statistics).toEqual({ from: '2025-01-01', to: '2026-01-01' });
  });
});
