import { type RawBuilder, sql } from 'kysely';
import { systemDraws } from '../../src/services/distribution/draws.js';
import { registerInquiry } from '../../src/services/distribution/register-inquiry.js';
import { setSourceWeight } from '../../src/services/distribution/set-source-weight.js';
import { accessChanged } from '../../src/services/identity/access-changes.js';
import { changeOperator } from '../../src/services/identity/change-operator.js';
import { changeOperatorLimit } from '../../src/services/identity/change-operator-limit.js';
import { registerOperator } from '../../src/services/identity/register-operator.js';
import { removeOperator } from '../../src/services/identity/remove-operator.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import type { Work } from '../../src/services/shared/database/work.js';
import type { FeedEvent } from '../../src/services/shared/events/event.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { Draw } from '../support/draw.js';
import { type Filled, openDatabase } from '../support/fill-database.js';
import { createUser } from '../support/sign-ins.js';

const SEED = 5;
const STEPS = 120;
const OPERATORS = 5;
const ACTOR = systemActor('test');

let opened: Filled;
let sourceId: string;
let position = '0';
let inquiries = 0;

beforeAll(async () => {
  opened = await openDatabase();
  for (let n = 0; n < OPERATORS; n += 1) {
    await createUser(opened.database, { role: 'operator', email: emailOf(n), operator: {} });
  }
  // Somebody whom a profile can go over to.
  await createUser(opened.database, { role: 'operator', email: emailOf(OPERATORS) });
  const [source] = await rows(sql<{ id: string }>`
    insert into source (name, name_key, skills) values ('desk', 'desk', '{}') returning id`);
  sourceId = encodeId('Source', source!.id);
  await told();
});
afterAll(() => opened?.close());

const emailOf = (n: number) => `somebody-${n}@test.example`;
const rows = <Row>(statement: RawBuilder<Row>) => opened.database.rows(statement);
const act = <Result>(run: (work: Work) => Promise<Result>) => opened.database.transact(ACTOR, run);

/** The users whose rights the log says have changed since the last call, each time that it says so. */
async function told(): Promise<string[]> {
  const events = await rows(sql<Pick<FeedEvent, 'kind' | 'data'> & { position: string }>`
    select position, kind, data from feed.event where position > ${position} order by position`);
  position = events.at(-1)?.position ?? position;
  return events.flatMap((event) => [...(accessChanged(event as unknown as FeedEvent)?.users ?? [])]).sort();
}

/** By users: the profiles that count for rights. */
async function profiles(): Promise<Map<string, string>> {
  const found = await rows(sql<{ id: string; user_id: string }>`
    select id, user_id from operator where removed_at is null order by id`);
  return new Map(found.map(({ id, user_id }) => [user_id, id]));
}

type Step = (id: string, draw: Draw) => Promise<unknown>;

const register = (email: string) =>
  act((work) => {
    const phone = `+7999500${String(email.length * 100 + Number(/\d+/.exec(email)![0])).padStart(4, '0')}`;
    const profile = { alias: 'Again', fullName: 'Again Anna', maxLoad: 5, schedule: null };
    return registerOperator(work, { ...profile, email, phone });
  });

/** What changes operators, by the global id of one who is there. */
const STEPS_OF: Readonly<Record<string, Step>> = {
  alias: (operatorId, draw) =>
    act((work) => changeOperator(work, { operatorId, alias: `Alias ${draw.whole(0, 9)}`, skills: ['sales'] })),
  active: (operatorId, draw) => act((work) => changeOperator(work, { operatorId, active: draw.chance(0.6) })),
  limit: (operatorId, draw) => act((work) => changeOperatorLimit(work, { operatorId, maxLoad: draw.whole(0, 5) })),
  weight: (operatorId, draw) =>
    act((work) => setSourceWeight(work, { sourceId, operatorId, weight: String(draw.whole(0, 3)) })),
  inquiry: () =>
    act((work) => {
      inquiries += 1;
      const who = { externalId: `lead-${inquiries}`, idempotencyKey: `key-${inquiries}` };
      return registerInquiry(work, { source: sourceId, ...who }, systemDraws);
    }),
  removal: (operatorId) => act((work) => removeOperator(work, { operatorId })),
  'one who is back': (_id, draw) => register(emailOf(draw.whole(0, OPERATORS))),
  'another user': () =>
    rows(sql`
      update operator set user_id = (
        select u.id from app_user u where not exists (select from operator o where o.user_id = u.id) order by u.id limit 1)
      where id = (select min(id) from operator where removed_at is null)
        and exists (select from app_user u where not exists (select from operator o where o.user_id = u.id))`),
  'all at once': () => rows(sql`update operator set alias = alias || 'a', max_load = least(max_load + 1, 9)`),
  'all who have nothing': () =>
    rows(sql`update operator set removed_at = now(), active = false where load = 0 and id % 2 = 0`),
};

describe('whatever becomes of operators', () => {
  it('the log tells of those whose rights changed, once, and of nobody else', async () => {
    const draw = new Draw(SEED);
    const happened = new Set<string>();
    for (let step = 0; step < STEPS; step += 1) {
      const before = await profiles();
      const present = [...before.values()].map((key) => encodeId('Operator', key));
      const name = present.length < 2 ? 'one who is back' : draw.one(Object.keys(STEPS_OF));
      await STEPS_OF[name]!(present.length === 0 ? '' : draw.one(present), draw);
      const after = await profiles();
      const users = [...new Set([...before.keys(), ...after.keys()])];
      const changed = users.filter((user) => before.get(user) !== after.get(user)).sort();
      expect([step, name, await told()]).toEqual([step, name, changed]);
      if (changed.length > 0) happened.add(name);
    }
    expect([...happened].sort()).toEqual(['all who have nothing', 'another user', 'one who is back', 'removal']);
    expect(inquiries).toBeGreaterThan(3);
  });
});
