import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { InquiryStatus } from '../../src/entities/distribution/inquiry-status.enum.js';
import { acceptInquiry } from '../../src/services/distribution/accept-inquiry.js';
import { changeInquiryStatus } from '../../src/services/distribution/change-inquiry-status.js';
import { declineInquiry } from '../../src/services/distribution/decline-inquiry.js';
import { returnInquiry } from '../../src/services/distribution/return-inquiry.js';
import { decodeId, encodeId } from '../../src/services/shared/ids/global-id.js';
import { until } from '../support/load-process.js';
import { DistributionSetting } from './setting.js';

/** What was told of a queue. */
interface Told {
  readonly version: number;
  readonly length: number;
  readonly longestSince: string | null;
}

let setting: DistributionSetting;

beforeAll(async () => {
  setting = await DistributionSetting.start();
});
afterEach(() => setting.rest());
afterAll(() => setting?.stop());

/** What was told of a source's queue, the first first; of each version one event, and the last as it is stored. */
async function toldOf(source: string): Promise<Told[]> {
  const sourceId = decodeId(source)!.key;
  const rows = await setting.database.rows(sql<Told & { sourceId: string }>`
    select e.subject_version as version, (e.data ->> 'length')::integer as length, e.data ->> 'longestSince' as "longestSince",
      e.data ->> 'sourceId' as "sourceId"
    from feed.event e join source_queue q on q.id = e.subject_id
    where e.kind = 'source-queue.changed' and e.subject_kind = 'SourceQueue' and q.source_id = ${sourceId}
    order by e.xid, e.position`);
  expect(rows.every((row) => row.sourceId === sourceId)).toBe(true);
  return rows.map(({ version, length, longestSince }) => ({ version, length, longestSince }));
}

const untilLength = (source: string, length: number) =>
  until(async () => (await toldOf(source)).at(-1)?.length === length, `a queue of ${length}`);

async function instantOf(inquiry: string, column: string): Promise<string> {
  const [row] = await setting.database.rows(sql<{ instant: string }>`
    select ${sql.ref(column)} as instant from inquiry where id = ${inquiry}`);
  return new Date(row!.instant).toISOString();
}

/** Since when an inquiry waits. */
const sinceOf = (inquiry: string) => instantOf(inquiry, 'waiting_since');

describe('the queue of a source', () => {
  it('is told when it grows and shrinks, with since when the first of it waits', async () => {
    const operator = await setting.operator({ maxLoad: 1 });
    const source = await setting.source([operator]);
    await setting.distribute();
    const held = await setting.register(source);
    const first = await setting.register(source);
    const since = await sinceOf(first);
    await untilLength(source, 1);
    const second = await setting.register(source);
    await untilLength(source, 2);
    expect(await toldOf(source)).toEqual([
      { version: 1, length: 1, longestSince: since },
      { version: 2, length: 2, longestSince: since },
    ]);
    const later = await sinceOf(second);
    await setting.end(held);
    await untilLength(source, 1);
    await setting.end(first);
    await untilLength(source, 0);
    expect((await toldOf(source)).slice(2)).toEqual([
      { version: 3, length: 1, longestSince: later },
      { version: 4, length: 0, longestSince: null },
    ]);
  });

  it('is told when another waits longest, though as many wait as before', async () => {
    const operator = await setting.operator({ maxLoad: 1 });
    const source = await setting.source([operator]);
    const held = await setting.register(source);
    const first = await setting.register(source);
    await setting.distribute();
    await untilLength(source, 1);
    await setting.as(undefined, async (work) => {
      // One comes and one goes, between two looks at the queue.
      await work.rows(sql`select from source_queue for update`);
      await setting.end(held);
      await setting.untilAssigned(first);
      await setting.register(source);
    });
    await until(async () => (await toldOf(source)).length >= 2, 'what became different');
    const last = (await toldOf(source)).at(-1)!;
    expect(last.length).toBe(1);
    expect(last.longestSince! > (await toldOf(source))[0]!.longestSince!).toBe(true);
  });

  it('counts the time for which an inquiry was only offered to somebody as waiting', async () => {
    const operator = await setting.operator({ maxLoad: 1 });
    const source = await setting.source([operator], { acceptWithinSeconds: 30 });
    const inquiry = await setting.register(source);
    const inquiryId = encodeId('Inquiry', inquiry);
    const cameIn = await instantOf(inquiry, 'registered_at');
    setting.advance(5_000);
    await setting.as(operator, (work) => declineInquiry(work, { inquiryId }));
    expect(await sinceOf(inquiry)).toBe(cameIn);
    await setting.distribute();
    await setting.untilAssigned(inquiry);
    await setting.weigh(source, operator, '0');
    setting.advance(31_000);
    await untilLength(source, 1);
    expect((await toldOf(source)).at(-1)).toMatchObject({ length: 1, longestSince: cameIn });
  });

  it('counts it anew after somebody had it, or it was done', async () => {
    const operator = await setting.operator({ maxLoad: 1 });
    const source = await setting.source([operator], { acceptWithinSeconds: 30 });
    const inquiry = await setting.register(source);
    const inquiryId = encodeId('Inquiry', inquiry);
    const distributor = await setting.distribute();
    const bounce = async () => {
      distributor.wake();
      await setting.untilAssigned(inquiry);
      setting.advance(5_000);
      await setting.weigh(source, operator, '0');
      await setting.as(operator, (work) => declineInquiry(work, { inquiryId }));
      const since = await sinceOf(inquiry);
      await setting.weigh(source, operator, '1');
      return since;
    };
    setting.advance(5_000);
    await setting.as(operator, (work) => acceptInquiry(work, { inquiryId }));
    await setting.as(undefined, (work) => returnInquiry(work, { inquiryId }));
    const [held] = await setting.database.rows(sql<{ ended_at: string }>`
      select ended_at from assignment where inquiry_id = ${inquiry} order by id limit 1`);
    const handedBack = new Date(held!.ended_at).toISOString();
    expect(await bounce()).toBe(handedBack);
    await setting.untilAssigned(inquiry);
    await setting.end(inquiry);
    setting.advance(5_000);
    const before = setting.clock.now().toISOString();
    await setting.as(undefined, (work) => changeInquiryStatus(work, { inquiryId, status: InquiryStatus.ACTIVE }));
    const since = await bounce();
    expect(since >= before).toBe(true);
    expect(since).toBe(await instantOf(inquiry, 'reopened_at'));
  });

  it('is not told of when it is as before', async () => {
    const operator = await setting.operator();
    const source = await setting.source([operator]);
    await setting.distribute();
    await setting.registerMany(5, source);
    await sleep(500);
    expect(await toldOf(source)).toEqual([]);
  });

  it('is told few times while much happens, and in the end as it is', async () => {
    const source = await setting.source([]);
    await setting.distribute();
    const began = performance.now();
    await setting.registerMany(60, source);
    await untilLength(source, 60);
    const looks = Math.ceil((performance.now() - began) / 200) + 1;
    expect((await toldOf(source)).length).toBeLessThanOrEqual(looks);
  });

  it('is told once by several processes', async () => {
    const sources = [await setting.source([]), await setting.source([]), await setting.source([])];
    for (let n = 0; n < 3; n += 1) await setting.distribute();
    for (let n = 0; n < 10; n += 1) {
      for (const source of sources) await setting.register(source);
      await sleep(50);
    }
    for (const source of sources) await untilLength(source, 10);
    await sleep(500);
    for (const source of sources) {
      const told = await toldOf(source);
      expect(told.map(({ version }) => version)).toEqual(told.map((_, index) => index + 1));
      const seen = told.map(({ length }) => length);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    }
  });

  it('is told once also by processes that see it at the same moment', async () => {
    const source = await setting.source([]);
    for (let n = 0; n < 2; n += 1) await setting.distribute();
    await setting.register(source);
    await untilLength(source, 1);
    await setting.as(undefined, async (work) => {
      await work.rows(sql`select from source_queue for update`);
      await setting.register(source);
      const blocked = async () =>
        setting.database.rows(sql`select from pg_locks join pg_stat_activity a using (pid)
          where not granted and locktype in ('transactionid', 'tuple') and a.datname = current_database()`);
      await until(async () => (await blocked()).length >= 2, 'both of them');
    });
    await untilLength(source, 2);
    await sleep(300);
    expect((await toldOf(source)).map(({ length }) => length)).toEqual([1, 2]);
  });

  it('is told by a process that is started when it is not as it was last told', async () => {
    const source = await setting.source([]);
    await setting.registerMany(3, source);
    expect(await toldOf(source)).toEqual([]);
    await setting.distribute();
    await untilLength(source, 3);
    expect(await toldOf(source)).toHaveLength(1);
  });
});
