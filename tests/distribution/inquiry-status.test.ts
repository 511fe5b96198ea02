import { sql } from 'kysely';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { distributionFaults } from '../support/distribution-checks.js';
import { Desk, type DeskOperator, keyOf } from './desk.js';

const MINUTE = 60;

let desk: Desk;
let source: string;
let operator: DeskOperator;

beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(async () => {
  source = await desk.source();
  operator = await desk.operator(5, { sources: [source] });
});
afterEach(async () => {
  expect(await distributionFaults(desk.product.database, { resting: false })).toEqual([]);
});
afterAll(() => desk.close());

const version = async (id: string) => {
  const [row] = await desk.rows<{ version: number }>(sql`select version from inquiry where id = ${keyOf(id)}`);
  return row!.version;
};
/** What of an inquiry's deadline is still to be told. */
const toTell = async (id: string) => {
  const [row] = await desk.rows<{ warning: boolean; breach: boolean }>(sql`
    select warn_at = answer_at_risk_at is true as warning, breach_at = answer_due_at is true as breach
    from inquiry where id = ${keyOf(id)}`);
  return row!;
};

describe('an inquiry that ends', () => {
  it.each(['CLOSED', 'REJECTED'])('frees its operator, who stays named: %s', async (status) => {
    const id = await desk.inquiry(source);
    expect(await desk.load(operator)).toBe(1);
    expect(await desk.setStatus(id, status)).toMatchObject({ inquiry: { id, status }, errors: [] });
    expect(await desk.load(operator)).toBe(0);
    const shown = 'operator { id } endedAt waitingReason waitingSince acceptBy';
    expect(await desk.read(id, shown)).toEqual({
      operator: { id: operator.id },
      endedAt: expect.any(String),
      waitingReason: null,
      waitingSince: null,
      acceptBy: null,
    });
    expect(await desk.assignments(id)).toEqual([{ way: 'CHANCE', end: status }]);
    expect(await desk.told(id)).toEqual(['inquiry.registered', 'inquiry.assigned', 'inquiry.status-changed']);
  });

  it('leaves the queue when it waited', async () => {
    const id = await desk.inquiry(await desk.source());
    expect(await desk.read(id, 'waitingReason')).toEqual({ waitingReason: 'NO_OPERATORS' });
    expect((await desk.setStatus(id, 'REJECTED')).errors).toEqual([]);
    expect(await desk.read(id, 'waitingReason operator { id }')).toEqual({ waitingReason: null, operator: null });
    expect(await desk.assignments(id)).toEqual([]);
  });

  it('changes nothing and tells nothing when it has ended so already', async () => {
    const id = await desk.inquiry(source);
    await desk.setStatus(id, 'CLOSED');
    const before = { version: await version(id), read: await desk.read(id, 'endedAt') };
    await desk.pass(1);
    expect(await desk.setStatus(id, 'CLOSED')).toMatchObject({ inquiry: { status: 'CLOSED' }, errors: [] });
    expect({ version: await version(id), read: await desk.read(id, 'endedAt') }).toEqual(before);
    expect(await desk.told(id)).toHaveLength(3);
    const open = await desk.inquiry(source);
    expect((await desk.setStatus(open, 'ACTIVE')).errors).toEqual([]);
    expect(await desk.told(open)).toEqual(['inquiry.registered', 'inquiry.assigned']);
  });

  it('is corrected from closed to rejected and back, while when it ended and its assignment stay', async () => {
    const id = await desk.inquiry(source);
    await desk.setStatus(id, 'CLOSED');
    const before = await desk.read(id, 'endedAt operator { id }');
    await desk.pass(1);
    expect(await desk.setStatus(id, 'REJECTED')).toMatchObject({ inquiry: { status: 'REJECTED' }, errors: [] });
    expect(await desk.read(id, 'endedAt operator { id }')).toEqual(before);
    expect(await desk.assignments(id)).toEqual([{ way: 'CHANCE', end: 'CLOSED' }]);
    expect(await desk.setStatus(id, 'CLOSED')).toMatchObject({ inquiry: { status: 'CLOSED' }, errors: [] });
    expect(await desk.load(operator)).toBe(0);
  });
});

describe('an inquiry that is reopened', () => {
  it('waits again, and is given out', async () => {
    const id = await desk.inquiry(source);
    await desk.setStatus(id, 'CLOSED');
    expect((await desk.setStatus(id, 'ACTIVE')).errors).toEqual([]);
    expect(await desk.read(id, 'status operator { id } endedAt assignedAt waitingReason waitingSince')).toEqual({
      status: 'ACTIVE',
      operator: null,
      endedAt: null,
      assignedAt: null,
      waitingReason: 'HANDED_BACK',
      waitingSince: expect.any(String),
    });
    expect(await desk.distribute()).toBe(1);
    expect(await desk.read(id, 'operator { id }')).toEqual({ operator: { id: operator.id } });
    expect(await desk.assignments(id)).toEqual([
      { way: 'CHANCE', end: 'CLOSED' },
      { way: 'CHANCE', end: null },
    ]);
    expect(await desk.load(operator)).toBe(1);
  });

  it('goes back to who had it, where the source is sticky', async () => {
    const sticky = await desk.source({ sticky: true });
    const many = await Promise.all([1, 2, 3, 4, 5].map(() => desk.operator(5, { sources: [sticky] })));
    const id = await desk.inquiry(sticky);
    const before = await desk.read(id, 'operator { id }');
    for (const way of ['STICKY', 'STICKY', 'STICKY']) {
      await desk.setStatus(id, 'CLOSED');
      await desk.setStatus(id, 'ACTIVE');
      await desk.distribute();
      expect(await desk.read(id, 'operator { id }')).toEqual(before);
      expect((await desk.assignments(id)).at(-1)).toEqual({ way, end: null });
    }
    expect(many.map(({ id }) => id)).toContain((before!.operator as { id: string }).id);
  });

  it('keeps the answer that it had', async () => {
    const due = await desk.source({ answerWithinSeconds: 600, warnBeforeSeconds: 60 });
    const id = await desk.inquiry(due);
    await desk.do('answerInquiry', { inquiryId: id });
    const before = await desk.read(id, 'answeredAt answerState');
    await desk.setStatus(id, 'CLOSED');
    await desk.setStatus(id, 'ACTIVE');
    expect(await desk.read(id, 'answeredAt answerState')).toEqual(before);
    expect(await toTell(id)).toEqual({ warning: false, breach: false });
  });

  it('is told of a deadline that lies ahead, and of none that has passed', async () => {
    const due = await desk.source({ answerWithinSeconds: 600, warnBeforeSeconds: 300 });
    const reopened = async (id: string) => {
      await desk.setStatus(id, 'CLOSED');
      expect(await toTell(id)).toEqual({ warning: false, breach: false });
      await desk.setStatus(id, 'ACTIVE');
      return toTell(id);
    };
    const id = await desk.inquiry(due);
    expect(await toTell(id)).toEqual({ warning: true, breach: true });
    expect(await reopened(id)).toEqual({ warning: true, breach: true });
    await desk.pass(6 * MINUTE);
    expect(await reopened(id)).toEqual({ warning: false, breach: true });
    await desk.pass(5 * MINUTE);
    expect(await reopened(id)).toEqual({ warning: false, breach: false });
  });
});

describe('the first answer', () => {
  it('is now, once, and its deadline is not told of any more', async () => {
    const due = await desk.source({ answerWithinSeconds: 600, warnBeforeSeconds: 60 });
    const id = await desk.inquiry(due);
    const done = await desk.do('answerInquiry', { inquiryId: id }, undefined, 'answeredAt answerState');
    expect(done).toMatchObject({ inquiry: { answeredAt: expect.any(String), answerState: 'IN_TIME' }, errors: [] });
    expect(await toTell(id)).toEqual({ warning: false, breach: false });
    await desk.pass(1);
    const again = await desk.do('answerInquiry', { inquiryId: id }, undefined, 'answeredAt');
    expect(again).toMatchObject({ inquiry: { answeredAt: done.inquiry!.answeredAt }, errors: [] });
    expect(await desk.told(id)).toEqual(['inquiry.registered', 'inquiry.answered']);
  });

  it('is not given to an inquiry that ended without one', async () => {
    const id = await desk.inquiry(source);
    await desk.setStatus(id, 'REJECTED');
    const { errors, messages } = await desk.do('answerInquiry', { inquiryId: id });
    expect(errors).toEqual(['STATE_NOT_ALLOWED input.inquiryId']);
    expect(messages).toEqual(['The inquiry is rejected; it must be reopened first.']);
  });

  it('is awaited, at risk, overdue and late as time goes by', async () => {
    const due = await desk.source({ answerWithinSeconds: 600, warnBeforeSeconds: 120 });
    const [id, ended, endedLate] = [await desk.inquiry(due), await desk.inquiry(due), await desk.inquiry(due)];
    const plain = await desk.inquiry(source);
    const state = async (one: string) => (await desk.read(one, 'answerState'))!.answerState;
    const overdue = async (is: boolean) => {
      const query = `query { inquiries(first: 50, filter: { overdue: ${is}, sourceId: "${encodeId('Source', due)}" }) { nodes { id } } }`;
      const { data } = await desk.product.graphql(query, {}, desk.admin.token);
      return data.inquiries.nodes.map((one: { id: string }) => one.id).sort();
    };
    expect(await state(plain)).toBe('NONE');
    expect(await state(id)).toBe('PENDING');
    await desk.setStatus(ended, 'CLOSED');
    await desk.pass(9 * MINUTE);
    expect(await state(id)).toBe('AT_RISK');
    expect(await overdue(true)).toEqual([]);
    await desk.pass(2 * MINUTE);
    expect(await state(id)).toBe('OVERDUE');
    expect(await overdue(true)).toEqual([id, endedLate].sort());
    expect(await overdue(false)).toEqual([ended]);
    await desk.do('answerInquiry', { inquiryId: id });
    await desk.setStatus(endedLate, 'CLOSED');
    expect(await Promise.all([id, ended, endedLate].map(state))).toEqual(['LATE', 'NONE', 'LATE']);
    expect(await overdue(true)).toEqual([]);
  });
});

describe('the priority of an inquiry', () => {
  it('puts it before those that came earlier', async () => {
    const busy = await desk.source();
    const one = await desk.operator(1, { sources: [busy] });
    const [had, first, second] = [await desk.inquiry(busy), await desk.inquiry(busy), await desk.inquiry(busy)];
    const done = await desk.do('changeInquiryPriority', { inquiryId: second, priority: 7 }, undefined, 'priority');
    expect(done).toMatchObject({ inquiry: { priority: 7 }, errors: [] });
    await desk.setStatus(had, 'CLOSED');
    expect(await desk.distribute()).toBe(1);
    expect(await desk.read(second, 'operator { id }')).toEqual({ operator: { id: one.id } });
    expect(await desk.read(first, 'operator { id }')).toEqual({ operator: null });
    expect(await desk.told(second)).toEqual(['inquiry.registered', 'inquiry.priority-changed', 'inquiry.assigned']);
  });

  it('is not changed of one that ended', async () => {
    const id = await desk.inquiry(source);
    await desk.setStatus(id, 'CLOSED');
    for (const priority of [0, 5]) {
      const { errors } = await desk.do('changeInquiryPriority', { inquiryId: id, priority });
      expect(errors).toEqual(['STATE_NOT_ALLOWED input.inquiryId']);
    }
    expect(await desk.read(id, 'priority')).toEqual({ priority: 0 });
  });

  it('changes nothing when it is the same, and is refused out of its bounds', async () => {
    const id = await desk.inquiry(source);
    expect((await desk.do('changeInquiryPriority', { inquiryId: id, priority: 0 })).errors).toEqual([]);
    expect(await desk.told(id)).toEqual(['inquiry.registered', 'inquiry.assigned']);
    for (const priority of [101, -101]) {
      const { errors } = await desk.do('changeInquiryPriority', { inquiryId: id, priority });
      expect(errors).toEqual(['BAD_USER_INPUT input.priority']);
    }
  });
});

describe('the skills of an inquiry', () => {
  it('are changed while it waits, so that it goes to who has them', async () => {
    const asking = await desk.source({ skills: ['french'] });
    const one = await desk.operator(1, { sources: [asking] });
    const id = await desk.inquiry(asking);
    expect(await desk.distribute()).toBe(0);
    const skills = [' Latin ', 'LATIN'];
    const done = await desk.do('changeInquirySkills', { inquiryId: id, skills }, undefined, 'skills');
    expect(done).toMatchObject({ inquiry: { skills: ['latin'] }, errors: [] });
    expect(await desk.distribute()).toBe(0);
    expect((await desk.do('changeInquirySkills', { inquiryId: id, skills: [] })).errors).toEqual([]);
    expect(await desk.distribute()).toBe(1);
    expect(await desk.read(id, 'operator { id }')).toEqual({ operator: { id: one.id } });
    const changed = 'inquiry.skills-changed';
    expect(await desk.told(id)).toEqual(['inquiry.registered', changed, changed, 'inquiry.assigned']);
  });

  it('are changed of one that an operator has, who keeps it; the same ones change nothing', async () => {
    const id = await desk.inquiry(source);
    for (const skills of [['french'], ['French']]) {
      const done = await desk.do('changeInquirySkills', { inquiryId: id, skills }, undefined, 'skills operator { id }');
      expect(done).toMatchObject({ inquiry: { skills: ['french'], operator: { id: operator.id } }, errors: [] });
    }
    expect(await desk.told(id)).toEqual(['inquiry.registered', 'inquiry.assigned', 'inquiry.skills-changed']);
  });

  it('are not changed of one that ended', async () => {
    const id = await desk.inquiry(source);
    await desk.setStatus(id, 'CLOSED');
    const { errors } = await desk.do('changeInquirySkills', { inquiryId: id, skills: [] });
    expect(errors).toEqual(['STATE_NOT_ALLOWED input.inquiryId']);
  });
});

it('an inquiry of a source that was removed is not reopened, but corrected', async () => {
  const id = await desk.inquiry(source);
  await desk.setStatus(id, 'CLOSED');
  await desk.rows(sql`update source set removed_at = now() where id = ${source}`);
  expect((await desk.setStatus(id, 'ACTIVE')).errors).toEqual(['STATE_NOT_ALLOWED input.inquiryId']);
  expect((await desk.setStatus(id, 'REJECTED')).errors).toEqual([]);
  expect(await desk.read(id, 'status')).toEqual({ status: 'REJECTED' });
});
