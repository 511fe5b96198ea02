import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { changeInquiryStatus } from '../../src/services/distribution/change-inquiry-status.js';
import { systemDraws } from '../../src/services/distribution/draws.js';
import { handOut } from '../../src/services/distribution/hand-out.js';
import { registerInquiry } from '../../src/services/distribution/register-inquiry.js';
import { releaseOfInactiveUsers } from '../../src/services/distribution/release-of-inactive-users.js';
import { setSourceWeight } from '../../src/services/distribution/set-source-weight.js';
import { type ChangeOperator, changeOperator } from '../../src/services/identity/change-operator.js';
import { removeOperator } from '../../src/services/identity/remove-operator.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import type { Work } from '../../src/services/shared/database/work.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { distributionFaults } from '../support/distribution-checks.js';
import { type Filled, openDatabase } from '../support/fill-database.js';
import { createGroup, createUser } from '../support/sign-ins.js';

const ACTOR = systemActor('test');
const CONNECTIONS = 12;

let opened: Filled;
let serial = 0;

beforeAll(async () => {
  opened = await openDatabase(CONNECTIONS);
});
afterEach(async () => {
  expect(await distributionFaults(opened.database, { resting: false })).toEqual([]);
});
afterAll(() => opened?.close());

const rows = <Row>(statement: ReturnType<typeof sql<Row>>) => opened.database.rows(statement);
const act = <Result>(run: (work: Work) => Promise<Result>) => opened.database.transact(ACTOR, run);

interface Someone {
  readonly key: string;
  readonly id: string;
  readonly userId: string;
}

async function operator(maxLoad = 10, groupId?: string): Promise<Someone> {
  const parts = { role: 'operator', operator: {}, ...(groupId === undefined ? {} : { groupId }) } as const;
  const { userId } = await createUser(opened.database, parts);
  const [row] = await rows(sql<{ id: string }>`
    update operator set max_load = ${maxLoad} where user_id = ${userId} returning id`);
  return { key: row!.id, id: encodeId('Operator', row!.id), userId };
}

/** A source whose inquiries go to some operators, by its key. */
async function source(operators: readonly Someone[], acceptWithinSeconds: number | null = null): Promise<string> {
  serial += 1;
  const name = `source ${serial}`;
  const [row] = await rows(sql<{ id: string }>`
    insert into source (name, name_key, skills, accept_within_seconds)
    values (${name}, ${name}, '{}', ${acceptWithinSeconds}) returning id`);
  for (const { key } of operators) {
    await rows(sql`insert into source_weight (source_id, operator_id, weight) values (${row!.id}, ${key}, 2.5)`);
  }
  return row!.id;
}

const register = async (work: Work, sourceId: string) => {
  serial += 1;
  const who = { externalId: `lead-${serial}`, idempotencyKey: `key-${serial}` };
  return (await registerInquiry(work, { source: encodeId('Source', sourceId), ...who }, systemDraws)).inquiryId;
};
const inquire = (sourceId: string) => act((work) => register(work, sourceId));
const change = (input: ChangeOperator) => act((work) => changeOperator(work, input));
const remove = ({ id }: Someone) => act((work) => removeOperator(work, { operatorId: id }));
const close = (key: string) =>
  act((work) => changeInquiryStatus(work, { inquiryId: encodeId('Inquiry', key), status: 'CLOSED' as never }));
const distribute = () => act((work) => handOut(work, systemDraws, 100));

interface Shown {
  operator_id: string | null;
  waiting_reason: string | null;
  accept_by: string | null;
  version: number;
}

async function inquiry(key: string): Promise<Shown> {
  const [row] = await rows(sql<Shown>`
    select operator_id, waiting_reason, accept_by, version from inquiry where id = ${key}`);
  return row!;
}

const WAITS = { operator_id: null, waiting_reason: 'HANDED_BACK', accept_by: null };

async function loadOf({ key }: Someone): Promise<number> {
  const [row] = await rows(sql<{ load: number }>`select load from operator where id = ${key}`);
  return row!.load;
}

const endsOf = async (inquiryKey: string) =>
  (
    await rows(sql<{ end: string | null }>`
      select a."end" from assignment a where a.inquiry_id = ${inquiryKey} order by a.id`)
  ).map(({ end }) => end);

const lastPosition = async () => {
  const [row] = await rows(sql<{ position: string }>`select coalesce(max(position), 0) as position from feed.event`);
  return row!.position;
};
const toldSince = (position: string) =>
  rows(sql<{ kind: string; subject_id: string; data: Record<string, unknown> }>`
    select kind, subject_id, data from feed.event where position > ${position} order by position`);

describe('an operator who is removed', () => {
  it('keeps nothing: what they had open waits, and no source has them any more', async () => {
    const [leaving, staying] = [await operator(), await operator(0)];
    const [one, other] = [await source([leaving, staying]), await source([leaving], 60)];
    const open = [await inquire(one), await inquire(one), await inquire(other)];
    const closed = await inquire(one);
    await close(closed);
    const before = await lastPosition();
    expect(await remove(leaving)).toEqual({ operatorId: leaving.key, releasedInquiries: 3 });
    for (const key of open) expect(await inquiry(key)).toMatchObject(WAITS);
    expect(await endsOf(open[2]!)).toEqual(['OPERATOR_LEFT']);
    expect(await inquiry(closed)).toMatchObject({ operator_id: leaving.key, waiting_reason: null });
    expect(await endsOf(closed)).toEqual(['CLOSED']);
    expect(await loadOf(leaving)).toBe(0);
    const told = await toldSince(before);
    expect(told.map(({ kind, subject_id }) => [kind, subject_id])).toEqual([
      ...open.map((key) => ['inquiry.released', key]),
      ['source.weights-changed', one],
      ['source.weights-changed', other],
      ['access.changed', leaving.userId],
      ['operator.removed', leaving.key],
    ]);
    expect(told[0]!.data).toMatchObject({ previousOperatorId: leaving.key, operatorId: null, end: 'OPERATOR_LEFT' });
    const weightings = await rows(sql<{ source_id: string; operator_ids: string[] }>`
      select distinct on (source_id) source_id, operator_ids from source_weighting
      where source_id in (${one}, ${other}) order by source_id, number desc`);
    expect(weightings).toEqual([
      { source_id: one, operator_ids: [staying.key] },
      { source_id: other, operator_ids: [] },
    ]);
  });

  it('leaves what they had to others, who take it in the order of its age', async () => {
    const [leaving, staying] = [await operator(), await operator(0)];
    const sourceId = await source([leaving, staying]);
    const open = [await inquire(sourceId), await inquire(sourceId), await inquire(sourceId)];
    await remove(leaving);
    await rows(sql`update operator set max_load = 2 where id = ${staying.key}`);
    await distribute();
    const holders = await Promise.all(open.map(async (key) => (await inquiry(key)).operator_id));
    expect(holders).toEqual([staying.key, staying.key, null]);
  });

  it('leaves in the history who did it, and what became of each', async () => {
    const leaving = await operator(10, await createGroup(opened.database));
    const sourceId = await source([leaving]);
    const key = await inquire(sourceId);
    await remove(leaving);
    const records = await rows(sql<{ kind: string; actor: string; before: object; after: object }>`
      select kind, actor, before, after from change_record order by id desc limit 3`);
    const operatorId = leaving.id;
    expect(records).toEqual([
      {
        kind: 'OPERATOR_REMOVED',
        actor: ACTOR.key,
        before: { active: true, removedAt: null },
        after: { active: false, removedAt: expect.any(String) },
      },
      { kind: 'SOURCE_WEIGHTS_CHANGED', actor: ACTOR.key, before: { operatorId, weight: '2.5' }, after: null },
      {
        kind: 'INQUIRY_RELEASED',
        actor: ACTOR.key,
        before: { operatorId, end: null },
        after: { operatorId: null, end: 'OPERATOR_LEFT' },
      },
    ]);
    expect((await inquiry(key)).version).toBe(3);
  });

  it('is removed once: again, it changes and tells nothing', async () => {
    const leaving = await operator();
    await remove(leaving);
    const before = await lastPosition();
    expect(await remove(leaving)).toEqual({ operatorId: leaving.key, releasedInquiries: 0 });
    expect(await toldSince(before)).toEqual([]);
  });

  it('is in no source whose weights somebody changes at the same time', async () => {
    const leaving = await operator();
    const sources = await Promise.all(Array.from({ length: 8 }, (_, n) => source(n % 2 === 0 ? [leaving] : [])));
    const weigh = (sourceId: string) =>
      act((work) =>
        setSourceWeight(work, { sourceId: encodeId('Source', sourceId), operatorId: leaving.id, weight: '7' }),
      ).catch((error: unknown) => error);
    await Promise.all([...sources.slice(0, 4).map(weigh), remove(leaving), ...sources.slice(4).map(weigh)]);
    expect(await rows(sql`select id from source_weight where operator_id = ${leaving.key}`)).toEqual([]);
  });
});

describe('an operator who goes inactive', () => {
  it('keeps nothing but the place in the sources, and takes part again when active', async () => {
    const resting = await operator();
    const sourceId = await source([resting]);
    const open = [await inquire(sourceId), await inquire(sourceId)];
    const before = await lastPosition();
    expect(await change({ operatorId: resting.id, active: false })).toMatchObject({ releasedInquiries: 2 });
    for (const key of open) expect(await inquiry(key)).toMatchObject(WAITS);
    expect((await toldSince(before)).map(({ kind }) => kind)).toEqual([
      'inquiry.released',
      'inquiry.released',
      'operator.changed',
    ]);
    await distribute();
    expect(await loadOf(resting)).toBe(0);
    await change({ operatorId: resting.id, active: true });
    await distribute();
    expect(await loadOf(resting)).toBe(2);
  });

  it('and is so already, has nothing told of it', async () => {
    const resting = await operator();
    await change({ operatorId: resting.id, active: false });
    const before = await lastPosition();
    expect(await change({ operatorId: resting.id, active: false })).toMatchObject({ releasedInquiries: 0 });
    expect(await toldSince(before)).toEqual([]);
  });

  it('cannot have anything, as far as the database goes', async () => {
    const busy = await operator();
    const key = await inquire(await source([busy]));
    await expect(rows(sql`update operator set active = false where id = ${busy.key}`)).rejects.toThrow(
      'operator_idle_check',
    );
    await expect(rows(sql`update operator set removed_at = now() where id = ${busy.key}`)).rejects.toThrow(
      'operator_removed_check',
    );
    expect((await inquiry(key)).operator_id).toBe(busy.key);
  });

  it('keeps nothing that comes in the same moment', async () => {
    const resting = await operator();
    const sourceId = await source([resting]);
    let commit = () => {};
    let taken = () => {};
    const committed = new Promise<void>((resolve) => {
      commit = resolve;
    });
    const assigned = new Promise<void>((resolve) => {
      taken = resolve;
    });
    const coming = act(async (work) => {
      const key = await register(work, sourceId);
      taken();
      await committed;
      return key;
    });
    await assigned;
    const going = change({ operatorId: resting.id, active: false });
    // It sees nothing of the inquiry yet, and waits for the operator's row.
    await sleep(200);
    commit();
    expect(await going).toMatchObject({ releasedInquiries: 1 });
    expect(await inquiry(await coming)).toMatchObject(WAITS);
  });

  it.each(['inactive', 'removed'] as const)('keeps nothing of 30 that come while they become %s', async (how) => {
    for (let round = 0; round < 3; round += 1) {
      const going = await operator(25);
      const sourceId = await source([going]);
      const early = await Promise.all(Array.from({ length: 5 }, () => inquire(sourceId)));
      const coming = Array.from({ length: 30 }, async (_, n) => {
        await sleep(n);
        return inquire(sourceId);
      });
      const closing = early.slice(0, 3).map(async (key, n) => {
        await sleep(5 * n);
        await close(key).catch(() => undefined);
      });
      await sleep(10);
      await (how === 'removed' ? remove(going) : change({ operatorId: going.id, active: false }));
      expect(await loadOf(going)).toBe(0);
      const keys = [...early, ...(await Promise.all(coming))];
      await Promise.all(closing);
      expect(await loadOf(going)).toBe(0);
      const left = await rows(sql`
        select id from inquiry where id = any(${keys}::bigint[]) and status = 'ACTIVE' and operator_id is not null`);
      expect(left).toEqual([]);
    }
  });
});

describe('an operator whose user is not active any more', () => {
  it('keeps nothing, while others do', async () => {
    const [gone, here] = [await operator(), await operator()];
    const lost = await inquire(await source([gone]));
    const kept = await inquire(await source([here]));
    await rows(sql`update app_user set active = false where id = ${gone.userId}`);
    expect(await releaseOfInactiveUsers(opened.database, systemActor('distribution'))).toBe(1);
    expect(await inquiry(lost)).toMatchObject(WAITS);
    expect(await endsOf(lost)).toEqual(['OPERATOR_LEFT']);
    expect(await inquiry(kept)).toMatchObject({ operator_id: here.key });
    const [record] = await rows(sql<{ actor: string }>`
      select actor from change_record where kind = 'INQUIRY_RELEASED' and subject_id = ${lost}`);
    expect(record).toEqual({ actor: 'system:distribution' });
    expect(await releaseOfInactiveUsers(opened.database, ACTOR)).toBe(0);
    await distribute();
    expect(await loadOf(gone)).toBe(0);
  });
});

describe('a limit that is lowered below the load', () => {
  it('takes nothing away and adds nothing, until the load is below it', async () => {
    const busy = await operator(3);
    const sourceId = await source([busy]);
    const open = [await inquire(sourceId), await inquire(sourceId), await inquire(sourceId)];
    await change({ operatorId: busy.id, maxLoad: 1 });
    expect(await loadOf(busy)).toBe(3);
    const waiting = await inquire(sourceId);
    for (const key of open.slice(0, 2)) {
      await close(key);
      await distribute();
      expect(await inquiry(waiting)).toMatchObject({ operator_id: null });
    }
    expect(await loadOf(busy)).toBe(1);
    await close(open[2]!);
    await distribute();
    expect(await inquiry(waiting)).toMatchObject({ operator_id: busy.key });
    await change({ operatorId: busy.id, maxLoad: 0 });
    expect(await inquiry(waiting)).toMatchObject({ operator_id: busy.key });
  });
});
