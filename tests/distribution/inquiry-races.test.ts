import { type RawBuilder, sql } from 'kysely';
import { AssignmentEnd } from '../../src/entities/distribution/assignment-end.enum.js';
import { handBack } from '../../src/services/distribution/hand-back.js';
import { holdInquiry } from '../../src/services/distribution/hold-inquiry.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { distributionFaults } from '../support/distribution-checks.js';
import { until } from '../support/load-process.js';
import { createGroup } from '../support/sign-ins.js';
import { Desk, type DeskOperator, type Done, keyOf } from './desk.js';

const ROUNDS = 5;

let desk: Desk;
/** A source whose inquiries wait until somebody gives them to somebody. */
let source: string;

beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(async () => {
  source = await desk.source();
});
afterEach(async () => {
  expect(await distributionFaults(desk.product.database, { resting: false })).toEqual([]);
});
afterAll(() => desk.close());

const times = <Result>(count: number, make: (n: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, n) => make(n)));
const refusalsOf = (done: readonly Done[]) => [...new Set(done.flatMap(({ errors }) => errors))].sort();
const tellings = async (id: string, kind: string) => (await desk.told(id)).filter((one) => one === kind).length;

/** Inquiries that an operator was given. */
async function inquiriesOf(operator: DeskOperator, count: number): Promise<string[]> {
  const ids = await times(count, () => desk.inquiry(source));
  await Promise.all(ids.map((id) => desk.assign(id, operator)));
  return ids;
}

/** Waits until somebody waits for a lock that another transaction holds. */
const untilSomebodyWaits = () =>
  until(async () => {
    const [row] = await desk.rows<{ waiting: number }>(sql`
      select count(*)::integer as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`);
    return row!.waiting > 0;
  }, 'a transaction that waits for a lock');

describe('side by side', () => {
  it('fifty who close one inquiry close it once', async () => {
    const operator = await desk.operator();
    const [id] = await inquiriesOf(operator, 1);
    const done = await times(50, () => desk.setStatus(id!, 'CLOSED'));
    expect(refusalsOf(done)).toEqual([]);
    expect(await tellings(id!, 'inquiry.status-changed')).toBe(1);
    expect(await desk.load(operator)).toBe(0);
    expect(await desk.assignments(id!)).toEqual([{ way: 'BY_HAND', end: 'CLOSED' }]);
  });

  it('an inquiry that is closed while it is moved has moved before, or not at all', async () => {
    const { database } = desk.product;
    const operators = await times(3, async () => desk.operator(50, { groupId: await createGroup(database) }));
    for (let round = 0; round < ROUNDS; round += 1) {
      const [id] = await inquiriesOf(operators[0]!, 1);
      const done = await times(12, (n) =>
        n === 6 ? desk.setStatus(id!, 'CLOSED') : desk.assign(id!, operators[n % operators.length]!),
      );
      expect(done[6]!.errors).toEqual([]);
      expect(refusalsOf(done).filter((one) => one !== 'STATE_NOT_ALLOWED input.inquiryId')).toEqual([]);
      expect(await desk.read(id!, 'status')).toEqual({ status: 'CLOSED' });
      expect((await desk.assignments(id!)).map(({ end }) => end).at(-1)).toBe('CLOSED');
      const [last] = await desk.rows<{ told: boolean }>(sql`
        select (e.data ->> 'operatorId')::bigint = i.operator_id and (e.data ->> 'groupId')::bigint = u.group_id as told
        from inquiry i join operator o on o.id = i.operator_id join app_user u on u.id = o.user_id
        join feed.event e on e.subject_kind = 'Inquiry' and e.subject_id = i.id and e.subject_version = i.version
        where i.id = ${keyOf(id!)}`);
      expect(last).toEqual({ told: true });
    }
    expect(await Promise.all(operators.map((one) => desk.load(one)))).toEqual([0, 0, 0]);
  });

  it('an operator’s places are all that they get, however many are given to them', async () => {
    const operator = await desk.operator(5);
    const ids = await times(20, () => desk.inquiry(source));
    const done = await Promise.all(ids.map((id) => desk.assign(id, operator)));
    expect(done.filter(({ errors }) => errors.length === 0)).toHaveLength(5);
    expect(refusalsOf(done)).toEqual(['LIMIT_EXCEEDED input.operatorId']);
    expect(await desk.load(operator)).toBe(5);
  });

  it('inquiries change places between two operators, without a failure', async () => {
    const [anna, boris] = [await desk.operator(30), await desk.operator(30)];
    const [ofAnna, ofBoris] = [await inquiriesOf(anna, 10), await inquiriesOf(boris, 10)];
    for (let round = 0; round < ROUNDS; round += 1) {
      const [to, from] = round % 2 === 0 ? [boris, anna] : [anna, boris];
      const done = await times(20, (n) =>
        n % 2 === 0 ? desk.assign(ofAnna[n / 2]!, to) : desk.assign(ofBoris[(n - 1) / 2]!, from),
      );
      expect(refusalsOf(done)).toEqual([]);
      expect([await desk.load(anna), await desk.load(boris)]).toEqual([10, 10]);
    }
  });

  it('who moves one from an operator to another waits for the older of both first, and holds no other meanwhile', async () => {
    const [older, younger] = [await desk.operator(30), await desk.operator(30)];
    for (const [from, to] of [
      [older, younger],
      [younger, older],
    ] as const) {
      const [id] = await inquiriesOf(from, 1);
      let moving: Promise<Done> | undefined;
      await desk.product.database.transact(systemActor('test'), async (work) => {
        await work.rows(sql`select from operator where id = ${older.key} for no key update`);
        moving = desk.assign(id!, to);
        await untilSomebodyWaits();
        await work.rows(sql`select from operator where id = ${younger.key} for no key update nowait`);
      });
      expect((await moving!).errors).toEqual([]);
    }
  });

  it('who goes inactive, or may have fewer, while an inquiry is given to them does not get it', async () => {
    const operator = await desk.operator(30);
    const id = await desk.inquiry(source);
    const givenWhile = async (change: RawBuilder<unknown>) => {
      let giving: Promise<Done> | undefined;
      await desk.product.database.transact(systemActor('test'), async (work) => {
        await work.rows(sql`update operator set ${change} where id = ${operator.key}`);
        giving = desk.assign(id, operator);
        await untilSomebodyWaits();
      });
      return giving!;
    };
    const { errors, messages } = await givenWhile(sql`max_load = 0`);
    expect(errors).toEqual(['LIMIT_EXCEEDED input.operatorId']);
    expect(messages).toEqual(['This operator has 0 inquiries and may have 0 at most.']);
    expect((await givenWhile(sql`active = false`)).errors).toEqual(['STATE_NOT_ALLOWED input.operatorId']);
  });

  it('what is given out, by hand, closed, put back and reopened at once ends as it says', async () => {
    const taking = await desk.source();
    const operators = await times(4, () => desk.operator(3, { sources: [taking] }));
    const ids = await times(16, () => desk.inquiry(taking));
    const steps = [
      (id: string) => desk.setStatus(id, 'CLOSED'),
      (id: string, n: number) => desk.assign(id, operators[n % operators.length]!),
      (id: string) => desk.do('returnInquiry', { inquiryId: id }),
      (id: string) => desk.setStatus(id, 'ACTIVE'),
      (id: string) => desk.do('answerInquiry', { inquiryId: id }),
    ];
    for (let round = 0; round < ROUNDS; round += 1) {
      const doing = ids.flatMap((id, n) => [0, 1].map((k) => steps[(n + round + k) % steps.length]!(id, n + round)));
      const handing = times(4, () => desk.distribute());
      const done = await Promise.all(doing);
      await handing;
      const known = ['STATE_NOT_ALLOWED input.inquiryId', 'LIMIT_EXCEEDED input.operatorId'];
      expect(refusalsOf(done).filter((one) => !known.includes(one))).toEqual([]);
      expect(await distributionFaults(desk.product.database, { resting: false })).toEqual([]);
    }
  });
});

describe('an offer', () => {
  let offering: string;
  let operator: DeskOperator;

  beforeEach(async () => {
    offering = await desk.source({ acceptWithinSeconds: 60 });
    operator = await desk.operator(50, { sources: [offering] });
  });

  const accept = (inquiryId: string) => desk.do('acceptInquiry', { inquiryId }, operator.token);
  /** Moves it on as if nobody had accepted it; `meanwhile` is done while its row is held. */
  const moveOn = (id: string, meanwhile: () => Promise<unknown> = async () => undefined) =>
    desk.product.database.transact(systemActor('test'), async (work) => {
      const inquiry = await holdInquiry(work, keyOf(id));
      await meanwhile();
      const { operatorId, acceptBy } = inquiry;
      if (operatorId === null || acceptBy === null) return false;
      await handBack(work, { ...inquiry, operatorId }, AssignmentEnd.NOT_ACCEPTED);
      return true;
    });

  it('that runs out while it is being accepted is not accepted', async () => {
    const id = await desk.inquiry(offering);
    let accepting: Promise<Done> | undefined;
    await moveOn(id, async () => {
      accepting = accept(id);
      await untilSomebodyWaits();
    });
    expect((await accepting!).errors).toEqual(['STATE_NOT_ALLOWED input.inquiryId']);
    expect(await desk.assignments(id, 'acceptedAt end')).toEqual([{ acceptedAt: null, end: 'NOT_ACCEPTED' }]);
  });

  it('is accepted, or runs out, and never both', async () => {
    const ids = await times(20, () => desk.inquiry(offering));
    const outcomes = await Promise.all(
      ids.map(async (id, n) => {
        const [first, second] = n % 2 === 0 ? [accept(id), moveOn(id)] : [moveOn(id), accept(id)];
        const [a, b] = await Promise.all([first, second]);
        const [accepted, moved] = (typeof a === 'boolean' ? [b, a] : [a, b]) as [Done, boolean];
        return { accepted: accepted.errors.length === 0, moved };
      }),
    );
    expect(outcomes.filter(({ accepted, moved }) => accepted === moved)).toEqual([]);
    expect(await desk.load(operator)).toBe(outcomes.filter(({ accepted }) => accepted).length);
  });
});
