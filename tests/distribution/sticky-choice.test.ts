import { sql } from 'kysely';
import { mergeLeads } from '../../src/services/distribution/merge-leads.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { type OpenDatabase, openDatabase } from '../support/subscribers.js';
import { ChoiceWorld, LAST_DRAW } from './choice-world.js';

let open: OpenDatabase;
let world: ChoiceWorld;

beforeAll(async () => {
  open = await openDatabase();
  world = new ChoiceWorld(open.database);
});
afterAll(() => open?.close());

/** Draws that come to the first operator, and to the last. */
const FIRST = Array.from({ length: 8 }, () => 0);
const LAST = Array.from({ length: 8 }, () => LAST_DRAW);
const registeredAt = (minute: number) => new Date(Date.parse('2026-09-07T09:00:00Z') + minute * 60_000);

describe('a returning lead of a sticky source', () => {
  it('goes to the operator who had them, and nothing is drawn', async () => {
    const [a, b] = await world.operators(2);
    const source = await world.source({ [a!]: 1, [b!]: 1 }, { sticky: true });
    const first = await world.register(source, { externalId: 'Anna', draws: FIRST });
    await world.close(first.inquiry_id);
    const back = await world.register(source, { externalId: 'Anna', draws: LAST });
    expect([first, back]).toMatchObject([
      { operator_id: a, way: 'CHANCE' },
      { operator_id: a, way: 'STICKY', lead_id: first.lead_id },
    ]);
    const [stored] = await open.database.rows(
      sql`select draw, states from assignment where inquiry_id = ${back.inquiry_id}`,
    );
    expect(stored).toEqual({ draw: null, states: 'ee' });
  });

  it('goes to whoever had them last, of several', async () => {
    const [a, b, c] = await world.operators(3);
    const plain = await world.source({ [a!]: 1, [b!]: 1, [c!]: 1 });
    const sticky = await world.source({ [a!]: 1, [b!]: 1, [c!]: 1 }, { sticky: true });
    const at = registeredAt;
    await world.register(plain, { externalId: 'Boris', draws: LAST, at: at(0) });
    await world.register(plain, { externalId: 'Boris', draws: [3_002_399_751_580_331], at: at(2) });
    await world.register(plain, { externalId: 'Boris', draws: FIRST, at: at(1) });
    expect(await world.register(sticky, { externalId: 'Boris', draws: LAST, at: at(3) })).toMatchObject({
      operator_id: b,
      way: 'STICKY',
    });
  });

  it('goes to who had the lead that was merged into theirs', async () => {
    const [a, b] = await world.operators(2);
    const source = await world.source({ [a!]: 1, [b!]: 1 }, { sticky: true });
    const kept = await world.register(source, { externalId: 'Hanna', draws: FIRST, at: registeredAt(0) });
    const merged = await world.register(source, { externalId: 'Hanna too', draws: LAST, at: registeredAt(1) });
    const [keptId, mergedId] = [kept, merged].map((one) => encodeId('Lead', one.lead_id)) as [string, string];
    await open.work((work) => mergeLeads(work, { keptId, mergedId }));
    for (const externalId of ['Hanna', 'Hanna too']) {
      expect(await world.register(source, { externalId, draws: FIRST, at: registeredAt(2) })).toMatchObject({
        lead_id: kept.lead_id,
        operator_id: b,
        way: 'STICKY',
      });
    }
  });

  it('is drawn for among the others while that operator is not eligible', async () => {
    const [a, b] = await world.operators(2);
    const source = await world.source({ [a!]: 1, [b!]: 1 }, { sticky: true });
    await world.register(source, { externalId: 'Clara', draws: FIRST });
    await open.database.rows(sql`update operator set max_load = 0 where id = ${a}`);
    expect(await world.register(source, { externalId: 'Clara', draws: FIRST })).toMatchObject({
      operator_id: b,
      way: 'CHANCE',
    });
    await open.database.rows(sql`update operator set max_load = 5 where id = ${a}`);
    // Who had them last is the other one now.
    expect(await world.register(source, { externalId: 'Clara', draws: FIRST })).toMatchObject({ operator_id: b });
  });

  it('does not go to an operator of another source who takes none of this one', async () => {
    const [a, b] = await world.operators(2);
    const other = await world.source({ [a!]: 1 });
    const sticky = await world.source({ [b!]: 1 }, { sticky: true });
    await world.register(other, { externalId: 'Dina' });
    expect(await world.register(sticky, { externalId: 'Dina' })).toMatchObject({ operator_id: b, way: 'CHANCE' });
  });

  it('goes to who had them over another source, where they take this one’s too', async () => {
    const [a, b] = await world.operators(2);
    const other = await world.source({ [b!]: 1 });
    const sticky = await world.source({ [a!]: 1, [b!]: 1 }, { sticky: true });
    await world.register(other, { externalId: 'Egor' });
    expect(await world.register(sticky, { externalId: 'Egor', draws: FIRST })).toMatchObject({
      operator_id: b,
      way: 'STICKY',
    });
  });

  it('does not stick where the source does not ask for it', async () => {
    const [a, b] = await world.operators(2);
    const source = await world.source({ [a!]: 1, [b!]: 1 });
    await world.register(source, { externalId: 'Fedor', draws: FIRST });
    expect(await world.register(source, { externalId: 'Fedor', draws: LAST })).toMatchObject({
      operator_id: b,
      way: 'CHANCE',
    });
  });

  it('is not taken for one by an inquiry that only waited', async () => {
    const [a, b] = await world.operators(2, { maxLoad: 0 });
    const source = await world.source({ [a!]: 1, [b!]: 1 }, { sticky: true });
    const waiting = await world.register(source, { externalId: 'Gleb' });
    expect(waiting.operator_id).toBeNull();
    await open.work((work) =>
      work.rows(sql`update inquiry set status = 'REJECTED', ended_at = now(),
      waiting_reason = null, waiting_since = null where id = ${waiting.inquiry_id}`),
    );
    await open.database.rows(sql`update operator set max_load = 1 where id in (${a}, ${b})`);
    expect(await world.register(source, { externalId: 'Gleb', draws: LAST })).toMatchObject({
      operator_id: b,
      way: 'CHANCE',
    });
  });
});

describe('a returning lead does not stick to somebody', () => {
  const OFFERED = { sticky: true, acceptWithinSeconds: 60 };
  const release = (inquiry: string, why: string) =>
    open.work((work) => work.rows(sql`select distribution.release(${inquiry}::bigint, ${why}, 'HANDED_BACK', now())`));
  const accept = (inquiry: string) =>
    open.work(async (work) => {
      await work.rows(
        sql`update assignment set accepted_at = now() where inquiry_id = ${inquiry} and ended_at is null`,
      );
      await work.rows(sql`update inquiry set accept_by = null where id = ${inquiry}`);
    });
  /** Whom an inquiry that waits is given to, and how. */
  const handOut = async (inquiry: string, draws: readonly number[]) => {
    const rows = await open.work((work) =>
      work.rows(sql<{ inquiry_id: string }>`
        select * from distribution.hand_out(now(), 'MON', '12:00', ${`{${draws.join()}}`}::bigint[])`),
    );
    return rows.find(({ inquiry_id }) => inquiry_id === inquiry);
  };

  it.each(['DECLINED', 'NOT_ACCEPTED'])('who was only offered them: %s', async (why) => {
    const [a, b] = await world.operators(2);
    const source = await world.source({ [a!]: 1, [b!]: 1 }, OFFERED);
    const { inquiry_id: first } = await world.register(source, { externalId: `Inna ${why}`, draws: LAST });
    await accept(first);
    await world.close(first);
    const other = await world.source({ [a!]: 1 }, OFFERED);
    const { inquiry_id: second } = await world.register(other, { externalId: `Inna ${why}` });
    await release(second, why);
    // Who had them for their own before that it sticks to.
    expect(await world.register(source, { externalId: `Inna ${why}`, draws: FIRST })).toMatchObject({
      operator_id: b,
      way: 'STICKY',
    });
    await world.weigh(other, { [a!]: 0 });
  });

  it('who has not accepted them yet, nor who had them offered when they were done', async () => {
    const [a, b] = await world.operators(2);
    const source = await world.source({ [a!]: 1, [b!]: 1 }, OFFERED);
    const { inquiry_id: first } = await world.register(source, { externalId: 'Juri', draws: FIRST });
    const { inquiry_id: second } = await world.register(source, { externalId: 'Juri', draws: LAST });
    await world.close(second);
    await open.work((work) =>
      work.rows(sql`update inquiry set status = 'ACTIVE', ended_at = null, operator_id = null, accept_by = null,
        waiting_reason = 'HANDED_BACK', waiting_since = now() where id = ${second}`),
    );
    expect(await handOut(second, FIRST)).toMatchObject({ operator_id: a, way: 'CHANCE' });
    await accept(first);
    expect(await world.register(source, { externalId: 'Juri', draws: LAST })).toMatchObject({
      operator_id: a,
      way: 'STICKY',
    });
  });

  it('who handed this inquiry back, while others can take it or can as well', async () => {
    const [a, b] = await world.operators(2);
    const source = await world.source({ [a!]: 1, [b!]: 1 }, { sticky: true });
    const { inquiry_id: inquiry } = await world.register(source, { externalId: 'Karl', draws: FIRST });
    await release(inquiry, 'HANDED_BACK');
    expect(await handOut(inquiry, FIRST)).toMatchObject({ operator_id: b, way: 'CHANCE' });
    await release(inquiry, 'HANDED_BACK');
    expect(await handOut(inquiry, FIRST)).toMatchObject({ operator_id: a, way: 'CHANCE' });
    const [counted] = await open.database.rows(sql`select passes from inquiry where id = ${inquiry}`);
    expect(counted).toEqual({ passes: 0 });
    // For others of the lead it is still theirs.
    expect(await world.register(source, { externalId: 'Karl', draws: LAST })).toMatchObject({
      operator_id: a,
      way: 'STICKY',
    });
  });
});
