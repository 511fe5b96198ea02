import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { answerInquiry } from '../../src/services/distribution/answer-inquiry.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { until } from '../support/load-process.js';
import { DistributionSetting } from './setting.js';

const DUE = 'inquiry.answer-due';
const OVERDUE = 'inquiry.answer-overdue';
/** An answer within a minute, with a warning after half of it. */
const MINUTE = { answerWithinSeconds: 60, warnBeforeSeconds: 30 };
const HALF_MS = 31_000;

let setting: DistributionSetting;

beforeAll(async () => {
  setting = await DistributionSetting.start();
});
afterEach(async () => {
  await setting.check();
  await setting.rest();
});
afterAll(() => setting?.stop());

/** What was told of the deadline of an inquiry, the first first. */
async function toldOf(inquiry: string): Promise<string[]> {
  return (await setting.eventsOf(inquiry)).filter((kind) => kind === DUE || kind === OVERDUE);
}

const untilTold = (inquiry: string, ...kinds: readonly string[]) =>
  until(async () => (await toldOf(inquiry)).join() === kinds.join(), kinds.join());

/** Lets distributors do what they would: an inquiry that comes due now is told of, and so is whatever was due before. */
async function settle(): Promise<void> {
  const witness = await setting.register(await setting.source([], MINUTE));
  setting.advance(2 * HALF_MS);
  await untilTold(witness, OVERDUE);
}

const answer = (inquiry: string) =>
  setting.as(undefined, (work) => answerInquiry(work, { inquiryId: encodeId('Inquiry', inquiry) }));

describe('the deadline of a first answer', () => {
  it('is warned of before it passes, and told when it has, each once', async () => {
    const operator = await setting.operator();
    const assigned = await setting.register(await setting.source([operator], MINUTE));
    const waiting = await setting.register(await setting.source([], MINUTE));
    await setting.distribute();
    for (const inquiry of [assigned, waiting]) expect(await toldOf(inquiry)).toEqual([]);
    setting.advance(HALF_MS);
    for (const inquiry of [assigned, waiting]) await untilTold(inquiry, DUE);
    setting.advance(HALF_MS);
    for (const inquiry of [assigned, waiting]) await untilTold(inquiry, DUE, OVERDUE);
    await settle();
    for (const inquiry of [assigned, waiting]) expect(await toldOf(inquiry)).toEqual([DUE, OVERDUE]);
  });

  it('is told of with whose inquiry it is, and when it is', async () => {
    const operator = await setting.operator();
    const source = await setting.source([operator], MINUTE);
    const inquiry = await setting.register(source);
    await setting.distribute();
    setting.advance(HALF_MS);
    await untilTold(inquiry, DUE);
    const [event] = await setting.database.rows(sql<{ data: object }>`
      select data from feed.event where kind = ${DUE} and subject_id = ${inquiry}`);
    const [row] = await setting.database.rows(sql<{ due: string; lead_id: string; source_id: string }>`
      select answer_due_at as due, lead_id, source_id from inquiry where id = ${inquiry}`);
    expect(event!.data).toEqual({
      sourceId: row!.source_id,
      leadId: row!.lead_id,
      operatorId: operator.id,
      groupId: null,
      answerDueAt: new Date(row!.due).toISOString(),
    });
  });

  it('is told of when it comes, though nothing else happens', async () => {
    const source = await setting.source([], { answerWithinSeconds: 2, warnBeforeSeconds: 1 });
    await setting.distribute();
    const inquiry = await setting.register(source);
    await until(async () => (await toldOf(inquiry)).includes(OVERDUE), OVERDUE);
    const told = await setting.database.rows(sql<{ kind: string; after: number }>`
      select e.kind, extract(epoch from e.recorded_at + ${setting.clock.now().getTime() - Date.now()}::integer * interval '1 ms'
          - i.registered_at)::float8 as after
      from feed.event e join inquiry i on i.id = e.subject_id
      where e.subject_id = ${inquiry} and e.subject_kind = 'Inquiry' and e.kind in (${DUE}, ${OVERDUE}) order by e.recorded_at`);
    // A machine that stands still for a second leaves out the warning: it would come too late.
    expect(told.at(-1)).toMatchObject({ kind: OVERDUE });
    expect(told.at(-1)!.after).toBeGreaterThanOrEqual(1.9);
    for (const { after } of told.filter(({ kind }) => kind === DUE)) {
      expect(after).toBeGreaterThanOrEqual(0.9);
      expect(after).toBeLessThan(2.5);
    }
  });

  it('is only told as passed, however many pass at once before they were warned of', async () => {
    const inquiries = await setting.registerMany(250, await setting.source([], MINUTE));
    setting.advance(10 * HALF_MS);
    await setting.distribute();
    await untilTold(inquiries.at(-1)!, OVERDUE);
    await settle();
    const [row] = await setting.database.rows(sql<{ warned: number; told: number }>`
      select count(*) filter (where kind = ${DUE})::integer as warned, count(*) filter (where kind = ${OVERDUE})::integer as told
      from feed.event where subject_kind = 'Inquiry' and subject_id = any(${inquiries}::bigint[])`);
    expect(row).toEqual({ warned: 0, told: 250 });
  });

  it('is not told of any more when the inquiry is answered, or has ended', async () => {
    const [answered, ended, late] = await setting.registerMany(3, await setting.source([], MINUTE));
    await setting.distribute();
    await answer(answered!);
    await setting.end(ended!);
    setting.advance(HALF_MS);
    await untilTold(late!, DUE);
    await answer(late!);
    await settle();
    expect(await Promise.all([answered!, ended!, late!].map(toldOf))).toEqual([[], [], [DUE]]);
  });

  it('is not told of when the inquiry is being answered at that moment', async () => {
    const [inquiry, other] = await setting.registerMany(2, await setting.source([], MINUTE));
    await setting.distribute();
    await setting.as(undefined, async (work) => {
      await answerInquiry(work, { inquiryId: encodeId('Inquiry', inquiry!) });
      setting.advance(HALF_MS);
      await untilTold(other!, DUE);
    });
    await settle();
    expect(await toldOf(inquiry!)).toEqual([]);
  });

  it('is not warned of when it has passed already: nobody was there to tell of it', async () => {
    const inquiry = await setting.register(await setting.source([], MINUTE));
    setting.advance(2 * HALF_MS);
    await setting.distribute();
    await untilTold(inquiry, OVERDUE);
    await settle();
    expect(await toldOf(inquiry)).toEqual([OVERDUE]);
  });
});

describe('deadlines are told once', () => {
  it('by several processes', async () => {
    const inquiries = await setting.registerMany(120, await setting.source([], MINUTE));
    for (let n = 0; n < 3; n += 1) await setting.distribute();
    setting.advance(HALF_MS);
    for (const inquiry of inquiries) await untilTold(inquiry, DUE);
    setting.advance(HALF_MS);
    for (const inquiry of inquiries) await untilTold(inquiry, DUE, OVERDUE);
    await sleep(300);
    for (const inquiry of inquiries) expect(await toldOf(inquiry)).toEqual([DUE, OVERDUE]);
  });

  it('by one that is started anew', async () => {
    const inquiry = await setting.register(await setting.source([], MINUTE));
    await setting.distribute();
    setting.advance(HALF_MS);
    await untilTold(inquiry, DUE);
    await setting.rest();
    await setting.distribute();
    await settle();
    expect(await toldOf(inquiry)).toEqual([DUE, OVERDUE]);
  });
});
