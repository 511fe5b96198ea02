import { sql } from 'kysely';
import { InquiryStatus } from '../../src/entities/distribution/inquiry-status.enum.js';
import type { WeeklySchedule } from '../../src/entities/identity/operator.entity.js';
import { Presence } from '../../src/entities/identity/presence.enum.js';
import { changeInquiryPriority } from '../../src/services/distribution/change-inquiry-priority.js';
import { changeSource } from '../../src/services/distribution/change-source.js';
import { removeSourceOperator } from '../../src/services/distribution/remove-source-operator.js';
import { returnInquiry } from '../../src/services/distribution/return-inquiry.js';
import { changeOperator } from '../../src/services/identity/change-operator.js';
import { setPresence } from '../../src/services/identity/set-presence.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { until } from '../support/load-process.js';
import { refusalOf } from '../support/subscribers.js';
import { DistributionSetting, type Operator, type OperatorParts } from './setting.js';

const DAY_MS = 86_400_000;
const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];

let setting: DistributionSetting;

beforeAll(async () => {
  setting = await DistributionSetting.start();
});
afterEach(async () => {
  await setting.check();
  await setting.rest();
});
afterAll(() => setting?.stop());

/** One operator who has as much as they may, and an inquiry that waits for them; distributors are woken only. */
async function fullOperator() {
  const operator = await setting.operator({ maxLoad: 1 });
  const source = await setting.source([operator]);
  const held = await setting.register(source);
  const waiting = await setting.register(source);
  await setting.distribute();
  expect(await setting.inquiry(waiting)).toMatchObject({ operator_id: null, waiting_reason: 'ALL_AT_LIMIT' });
  return { operator, source, held, waiting };
}

/** An inquiry that waits, for this reason, for one operator of its source. */
async function waitingFor(reason: string, parts: OperatorParts, settings: { asksPresence?: boolean } = {}) {
  const operator = await setting.operator(parts);
  const source = await setting.source([operator], settings);
  const waiting = await setting.register(source, { skills: reason === 'NO_SKILLS' ? ['legal'] : [] });
  await setting.distribute();
  expect(await setting.inquiry(waiting)).toMatchObject({ operator_id: null, waiting_reason: reason });
  return { operator, source, waiting };
}

const change = (operator: Operator, fields: object) =>
  setting.as(undefined, (work) => changeOperator(work, { operatorId: operator.globalId, ...fields }));

/** A schedule of the same hours every day. */
const daily = (hours: string) => Object.fromEntries(WEEKDAYS.map((day) => [day, hours])) as WeeklySchedule;

describe('an inquiry that waits goes out the moment', () => {
  it.each([InquiryStatus.CLOSED, InquiryStatus.REJECTED])('another is %s', async (status) => {
    const { operator, held, waiting } = await fullOperator();
    await setting.end(held, status);
    expect(await setting.untilAssigned(waiting)).toBe(operator.id);
    expect(await setting.eventsOf(waiting)).toEqual(['inquiry.registered', 'inquiry.assigned']);
  });

  it('a limit is raised', async () => {
    const { operator, waiting } = await fullOperator();
    await change(operator, { maxLoad: 2 });
    expect(await setting.untilAssigned(waiting)).toBe(operator.id);
  });

  it('an operator is activated', async () => {
    const { operator, waiting } = await waitingFor('NOBODY_ACTIVE', { active: false });
    await change(operator, { active: true });
    expect(await setting.untilAssigned(waiting)).toBe(operator.id);
  });

  it('an operator is added to the source', async () => {
    const { source, waiting } = await fullOperator();
    const other = await setting.operator();
    await setting.weigh(source, other, '0.5');
    expect(await setting.untilAssigned(waiting)).toBe(other.id);
  });

  it('a weight of zero is raised', async () => {
    const { source, waiting } = await fullOperator();
    const other = await setting.operator();
    await setting.weigh(source, other, '0');
    await setting.weigh(source, other, '3');
    expect(await setting.untilAssigned(waiting)).toBe(other.id);
  });

  it('somebody comes to work, where the source asks for presence', async () => {
    const { operator, waiting } = await waitingFor(
      'NOBODY_PRESENT',
      { presence: Presence.AWAY },
      { asksPresence: true },
    );
    await setting.as(operator, (work) => setPresence(work, { presence: Presence.ONLINE }));
    expect(await setting.untilAssigned(waiting)).toBe(operator.id);
  });

  it('the source asks for presence no more', async () => {
    const { operator, source, waiting } = await waitingFor(
      'NOBODY_PRESENT',
      { presence: Presence.AWAY },
      { asksPresence: true },
    );
    await setting.as(undefined, (work) => changeSource(work, { sourceId: source, asksPresence: false }));
    expect(await setting.untilAssigned(waiting)).toBe(operator.id);
  });

  it('an operator learns what it takes', async () => {
    const { operator, waiting } = await waitingFor('NO_SKILLS', {});
    await change(operator, { skills: ['legal'] });
    expect(await setting.untilAssigned(waiting)).toBe(operator.id);
  });

  it('hours are changed so that they are now', async () => {
    const { operator, waiting } = await waitingFor('OUT_OF_HOURS', { schedule: {} });
    await change(operator, { schedule: null });
    expect(await setting.untilAssigned(waiting)).toBe(operator.id);
  });

  it('a shift begins, without anything that happens then', async () => {
    const { calendar } = setting.database.settings;
    const now = setting.clock.now();
    const eight = calendar.startOf(calendar.dayOf(new Date(now.getTime() + DAY_MS))).getTime() + 8 * 3_600_000;
    setting.advance(eight - now.getTime() - 3_000);
    const { operator, waiting } = await waitingFor('OUT_OF_HOURS', { schedule: daily('08:00-18:00') });
    expect(await setting.untilAssigned(waiting)).toBe(operator.id);
    const late = setting.clock.now().getTime() - eight;
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(5_000);
  });

  it('an inquiry is taken from its operator and another is free', async () => {
    const [first, second] = [await setting.operator({ maxLoad: 1 }), await setting.operator({ maxLoad: 1 })];
    const source = await setting.source([first]);
    const inquiry = await setting.register(source);
    await setting.weigh(source, second, '1');
    await setting.as(undefined, (work) => removeSourceOperator(work, { sourceId: source, operatorId: first.globalId }));
    await setting.distribute();
    await setting.as(undefined, (work) => returnInquiry(work, { inquiryId: encodeId('Inquiry', inquiry) }));
    await until(async () => (await setting.inquiry(inquiry)).operator_id === second.id, 'the other operator');
    expect(await setting.eventsOf(inquiry)).toEqual([
      'inquiry.registered',
      'inquiry.assigned',
      'inquiry.released',
      'inquiry.assigned',
    ]);
  });

  it('a process that was to do it is started, though nothing happens any more', async () => {
    const operator = await setting.operator({ maxLoad: 1 });
    const source = await setting.source([operator]);
    const [held, waiting] = await setting.registerMany(2, source);
    await setting.end(held!);
    expect(await setting.inquiry(waiting!)).toMatchObject({ operator_id: null });
    await setting.distribute();
    expect(await setting.untilAssigned(waiting!)).toBe(operator.id);
  });
});

describe('why an inquiry waits is said as it is now', () => {
  const untilReason = (inquiry: string, reason: string) =>
    until(async () => (await setting.inquiry(inquiry)).waiting_reason === reason, `${reason} of inquiry ${inquiry}`);

  it('when the only operator is not active any more, of all that wait, without a change of theirs', async () => {
    const { operator, source, held, waiting } = await fullOperator();
    const more = await setting.registerMany(3, source);
    await change(operator, { active: false });
    for (const inquiry of [held, waiting, ...more]) await untilReason(inquiry, 'NOBODY_ACTIVE');
    expect(await setting.inquiry(waiting)).toMatchObject({ version: 1 });
    expect(await setting.eventsOf(waiting)).toEqual(['inquiry.registered']);
  });

  it('when the only operator takes no more of the source', async () => {
    const { operator, source, waiting } = await fullOperator();
    await setting.as(undefined, (work) =>
      removeSourceOperator(work, { sourceId: source, operatorId: operator.globalId }),
    );
    await untilReason(waiting, 'NO_OPERATORS');
  });

  it('when those before it have gone', async () => {
    const operator = await setting.operator({ maxLoad: 1 });
    const source = await setting.source([operator]);
    const [held, older] = await setting.registerMany(2, source);
    await setting.end(held!);
    const younger = await setting.registerMany(2, source);
    for (const inquiry of younger) {
      expect(await setting.inquiry(inquiry)).toMatchObject({ waiting_reason: 'BEHIND_OTHERS' });
    }
    await setting.distribute();
    await setting.untilAssigned(older!);
    for (const inquiry of younger) await untilReason(inquiry, 'ALL_AT_LIMIT');
  });

  it('when a shift ends, without anything that happens then', async () => {
    const { calendar } = setting.database.settings;
    const now = setting.clock.now();
    const six = calendar.startOf(calendar.dayOf(new Date(now.getTime() + DAY_MS))).getTime() + 18 * 3_600_000;
    setting.advance(six - now.getTime() - 3_000);
    const { waiting } = await waitingFor('ALL_AT_LIMIT', { maxLoad: 0, schedule: daily('08:00-18:00') });
    await untilReason(waiting, 'OUT_OF_HOURS');
    expect(setting.clock.now().getTime()).toBeGreaterThanOrEqual(six);
  });
});

describe('inquiries that wait leave', () => {
  it('in the order of their age, and those of a higher priority first', async () => {
    const operator = await setting.operator({ maxLoad: 1 });
    const source = await setting.source([operator]);
    const held = await setting.register(source);
    const [old, young, urgent, raised] = [
      await setting.register(source),
      await setting.register(source),
      await setting.register(source, { priority: 5 }),
      await setting.register(source, { priority: -5 }),
    ];
    await setting.as(undefined, (work) =>
      changeInquiryPriority(work, { inquiryId: encodeId('Inquiry', raised), priority: 9 }),
    );
    await setting.distribute();
    let last = held;
    for (const next of [raised, urgent, old, young]) {
      expect(await setting.operatorsOf(next)).toEqual([null]);
      await setting.end(last);
      await setting.untilAssigned(next);
      last = next;
    }
  });

  it('by priority and age over all sources that share an operator, whatever skills they ask for', async () => {
    const operator = await setting.operator({ maxLoad: 1, skills: ['sales'] });
    const sources = [await setting.source([operator]), await setting.source([operator])];
    let last = await setting.register(sources[0]!);
    const waiting: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      waiting.push(await setting.register(sources[n % 2]!, { skills: n % 3 === 0 ? ['sales'] : [] }));
    }
    const urgent = await setting.register(sources[1]!, { priority: 2, skills: ['sales'] });
    await setting.distribute();
    for (const next of [urgent, ...waiting]) {
      await setting.end(last);
      await setting.untilAssigned(next);
      last = next;
    }
  });

  it('though nobody can take those before them', async () => {
    const operator = await setting.operator({ maxLoad: 1, skills: ['sales'] });
    const source = await setting.source([operator]);
    const held = await setting.register(source);
    const hopeless = await setting.register(source, { priority: 9, skills: ['legal', 'sales'] });
    const next = await setting.register(source, { skills: ['sales'] });
    await setting.distribute();
    await setting.end(held);
    expect(await setting.untilAssigned(next)).toBe(operator.id);
    expect(await setting.operatorsOf(hopeless)).toEqual([null]);
  });

  it('before one that comes in when somebody is free for both', async () => {
    const operator = await setting.operator({ maxLoad: 1 });
    const source = await setting.source([operator]);
    const [held, older] = await setting.registerMany(2, source);
    // Nobody distributes: the place is free, and the older one waits for it still.
    await setting.end(held!);
    const younger = await setting.register(source);
    expect(await setting.inquiry(younger)).toMatchObject({ operator_id: null, waiting_reason: 'BEHIND_OTHERS' });
    const urgent = await setting.register(source, { priority: 1 });
    expect(await setting.operatorsOf(urgent)).toEqual([operator.id]);
    await setting.distribute();
    await setting.end(urgent);
    await setting.untilAssigned(older!);
    expect(await setting.operatorsOf(younger)).toEqual([null]);
  });

  it('of at most 100 sets of skills that their senders ask for, so that nobody slows the others down', async () => {
    const operator = await setting.operator({ maxLoad: 2, skills: ['new'] });
    const source = await setting.source([operator]);
    for (let n = 0; n < 100; n += 1) await setting.register(source, { skills: [`k${n}`] });
    // Somebody is free for this one.
    expect(await setting.operatorsOf(await setting.register(source, { skills: ['new'] }))).toEqual([operator.id]);
    const counts = () =>
      setting.database.rows(sql`select (select count(*) from lead), (select count(*) from idempotency_record) as keys`);
    const before = await counts();
    expect(await refusalOf(setting.register(source, { skills: ['one', 'more'] }))).toMatchObject([
      { code: 'LIMIT_EXCEEDED', path: ['input', 'skills'] },
    ]);
    expect(await counts()).toEqual(before);
    const known = await setting.register(source, { skills: ['k7'] });
    expect(await setting.operatorsOf(known)).toEqual([null]);
    expect(await setting.operatorsOf(await setting.register(source))).toEqual([operator.id]);
    const plain = await setting.register(source);
    await setting.register(await setting.source([operator]), { skills: ['one', 'more'] });
    expect(await setting.operatorsOf(plain)).toEqual([null]);
  });

  it('and one that waits for somebody else keeps nobody from being served at once', async () => {
    const operator = await setting.operator({ maxLoad: 2, presence: Presence.AWAY });
    const attended = await setting.source([operator], { asksPresence: true });
    const plain = await setting.source([operator]);
    const waiting = await setting.register(attended);
    const other = await setting.register(plain, { skills: ['legal'] });
    expect(await setting.operatorsOf(waiting, other)).toEqual([null, null]);
    expect(await setting.operatorsOf(await setting.register(plain))).toEqual([operator.id]);
  });
});
