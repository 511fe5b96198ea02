import { sql } from 'kysely';
import { acceptInquiry } from '../../src/services/distribution/accept-inquiry.js';
import { declineInquiry } from '../../src/services/distribution/decline-inquiry.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { until } from '../support/load-process.js';
import { DistributionSetting, type Operator } from './setting.js';

const SECONDS = 30;
const OVER_MS = (SECONDS + 1) * 1_000;

let setting: DistributionSetting;

beforeAll(async () => {
  setting = await DistributionSetting.start();
});
afterEach(async () => {
  await setting.check();
  await setting.rest();
});
afterAll(() => setting?.stop());

/** What became of each assignment of an inquiry, the first first: whose it was, and what ended it. */
async function assignmentsOf(inquiry: string): Promise<{ operator_id: string; end: string | null }[]> {
  return setting.database.rows(sql<{ operator_id: string; end: string | null }>`
    select operator_id, "end" from assignment where inquiry_id = ${inquiry} order by id`);
}

/** Waits until an inquiry has moved on so many times, and is somebody's again. */
const untilPassed = (inquiry: string, passes: number) =>
  until(async () => {
    const { passes: counted, operator_id: operator } = await setting.inquiry(inquiry);
    return counted === passes && operator !== null;
  }, `${passes} passes of inquiry ${inquiry}`);

const accept = (operator: Operator, inquiry: string) =>
  setting.as(operator, (work) => acceptInquiry(work, { inquiryId: encodeId('Inquiry', inquiry) }));

describe('an inquiry that is not accepted in time', () => {
  it('goes to everybody else before it comes to somebody again, and how often it moved on is on record', async () => {
    const roomy = { maxLoad: 100 };
    const operators = [await setting.operator(roomy), await setting.operator(roomy), await setting.operator(roomy)];
    const source = await setting.source(operators, { acceptWithinSeconds: SECONDS });
    const inquiries = await setting.registerMany(10, source);
    await setting.distribute();
    for (let passes = 1; passes <= 4; passes += 1) {
      setting.advance(OVER_MS);
      for (const inquiry of inquiries) await untilPassed(inquiry, passes);
    }
    for (const inquiry of inquiries) {
      const had = await assignmentsOf(inquiry);
      expect(had.map(({ end }) => end)).toEqual([...Array(4).fill('NOT_ACCEPTED'), null]);
      const round = had.slice(0, 3).map(({ operator_id }) => operator_id);
      expect(new Set(round).size).toBe(3);
      expect(had[4]!.operator_id).not.toBe(had[3]!.operator_id);
    }
    expect(await setting.eventsOf(inquiries[0]!)).toEqual([
      'inquiry.registered',
      'inquiry.assigned',
      ...Array(4).fill(['inquiry.released', 'inquiry.assigned']).flat(),
    ]);
  });

  it('comes to the same operator again where there is no other', async () => {
    const operator = await setting.operator();
    const source = await setting.source([operator], { acceptWithinSeconds: SECONDS });
    const inquiry = await setting.register(source);
    await setting.distribute();
    setting.advance(OVER_MS);
    await untilPassed(inquiry, 1);
    expect(await assignmentsOf(inquiry)).toEqual([
      { operator_id: operator.id, end: 'NOT_ACCEPTED' },
      { operator_id: operator.id, end: null },
    ]);
  });

  it('moves on by itself when its time is over, though nothing happens', async () => {
    const operators = [await setting.operator(), await setting.operator()];
    const source = await setting.source(operators, { acceptWithinSeconds: 2 });
    await setting.distribute();
    const inquiry = await setting.register(source);
    const [first] = await setting.operatorsOf(inquiry);
    await untilPassed(inquiry, 1);
    const [row] = await setting.database.rows(sql<{ early: boolean }>`
      select ended_at < accept_by as early from assignment where inquiry_id = ${inquiry} order by id limit 1`);
    expect(row).toEqual({ early: false });
    const second = operators.find(({ id }) => id !== first)!;
    expect(await setting.operatorsOf(inquiry)).toEqual([second.id]);
    // Or it would go on moving while the next test runs.
    await accept(second, inquiry);
  });

  it('gives its place to the one that is before it in the queue', async () => {
    const operator = await setting.operator({ maxLoad: 1 });
    const source = await setting.source([operator], { acceptWithinSeconds: SECONDS });
    const inquiry = await setting.register(source);
    const older = await setting.register(source, { priority: 1 });
    await setting.distribute();
    setting.advance(OVER_MS);
    expect(await setting.untilAssigned(older)).toBe(operator.id);
    expect(await setting.inquiry(inquiry)).toMatchObject({ operator_id: null, passes: 1 });
  });
});

describe('an inquiry stays with its operator', () => {
  it('who accepted it', async () => {
    const operator = await setting.operator();
    const source = await setting.source([operator], { acceptWithinSeconds: SECONDS });
    const inquiry = await setting.register(source);
    await accept(operator, inquiry);
    const other = await setting.register(source);
    await setting.distribute();
    setting.advance(OVER_MS);
    await untilPassed(other, 1);
    expect(await assignmentsOf(inquiry)).toEqual([{ operator_id: operator.id, end: null }]);
  });

  it('who is accepting it at the moment at which its time is over', async () => {
    const operators = [await setting.operator(), await setting.operator()];
    const source = await setting.source(operators, { acceptWithinSeconds: SECONDS });
    const [inquiry, other] = await setting.registerMany(2, source);
    const [owner] = await setting.operatorsOf(inquiry!);
    const distributor = await setting.distribute();
    await setting.as(
      operators.find(({ id }) => id === owner),
      async (work) => {
        await acceptInquiry(work, { inquiryId: encodeId('Inquiry', inquiry!) });
        setting.advance(OVER_MS);
        await untilPassed(other!, 1);
      },
    );
    distributor.wake();
    const later = await setting.register(source);
    setting.advance(OVER_MS);
    await untilPassed(later, 1);
    expect(await assignmentsOf(inquiry!)).toEqual([{ operator_id: owner, end: null }]);
  });
});

it('an inquiry that is declined moves on at once', async () => {
  const operators = [await setting.operator(), await setting.operator()];
  const source = await setting.source(operators, { acceptWithinSeconds: SECONDS });
  await setting.distribute();
  const inquiry = await setting.register(source);
  const [first] = await setting.operatorsOf(inquiry);
  const owner = operators.find(({ id }) => id === first)!;
  await setting.as(owner, (work) => declineInquiry(work, { inquiryId: encodeId('Inquiry', inquiry) }));
  await untilPassed(inquiry, 1);
  expect((await assignmentsOf(inquiry)).map(({ end }) => end)).toEqual(['DECLINED', null]);
  expect(await setting.operatorsOf(inquiry)).not.toEqual([first]);
});

it('inquiries that nobody wants are offered in turn, and none keeps others from it', async () => {
  const operator = await setting.operator({ maxLoad: 1 });
  const source = await setting.source([operator], { acceptWithinSeconds: SECONDS });
  const [first, second, third] = await setting.registerMany(3, source);
  const urgent = await setting.register(source, { priority: 1 });
  await setting.distribute();
  // Of a higher priority it is offered again and again.
  for (const next of [first!, urgent, urgent]) {
    await setting.untilAssigned(next);
    await setting.as(operator, (work) => declineInquiry(work, { inquiryId: encodeId('Inquiry', next) }));
  }
  await untilPassed(urgent, 2);
  await setting.end(urgent);
  for (const next of [second!, third!, first!, second!]) {
    await setting.untilAssigned(next);
    await setting.as(operator, (work) => declineInquiry(work, { inquiryId: encodeId('Inquiry', next) }));
  }
  await setting.untilAssigned(third!);
  expect(await setting.operatorsOf(first!, second!, third!)).toEqual([null, null, operator.id]);
});

it('several processes move each on once', async () => {
  const operators = [await setting.operator({ maxLoad: 100 }), await setting.operator({ maxLoad: 100 })];
  const source = await setting.source(operators, { acceptWithinSeconds: SECONDS });
  const inquiries = await setting.registerMany(100, source);
  for (let n = 0; n < 3; n += 1) await setting.distribute();
  setting.advance(OVER_MS);
  for (const inquiry of inquiries) await untilPassed(inquiry, 1);
  for (const inquiry of inquiries) {
    const had = await assignmentsOf(inquiry);
    expect(had.map(({ end }) => end)).toEqual(['NOT_ACCEPTED', null]);
    expect(had[1]!.operator_id).not.toBe(had[0]!.operator_id);
  }
});
