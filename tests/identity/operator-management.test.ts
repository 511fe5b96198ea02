import { sql } from 'kysely';
import { registerInquiry } from '../../src/services/distribution/register-inquiry.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { decodeId, encodeId } from '../../src/services/shared/ids/global-id.js';
import { manage } from '../distribution/manage.js';
import { type Product, startProduct } from '../support/product.js';
import {
  type Actors,
  createActors,
  createCustomerLogin,
  createGroup,
  createUser,
  signInLogin,
} from '../support/sign-ins.js';

const PROFILE = 'id alias phone maxLoad load skills active removedAt schedule { MON TUE SUN }';
const REGISTERED = `operator { ${PROFILE} user { id lastName firstName patronymic email group { id } role { name } } }
  outcome invitation { token expiresAt }`;
const CHANGED = `operator { ${PROFILE} } releasedInquiries`;

let product: Product;
let actors: Actors;
let n = 0;

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
});
afterAll(() => product?.stop());

const someone = (parts: object = {}) => {
  n += 1;
  return {
    alias: 'Алиса',
    fullName: 'Ушакова Алиса Петровна',
    email: `operator-${n}@test.example`,
    phone: `8(999) 300-00-${String(n).padStart(2, '0')}`,
    maxLoad: 12,
    ...parts,
  };
};
const register = (input: object) => manage(product, 'registerOperator', input, REGISTERED, actors.admin.token);
const change = (operatorId: string, fields: object) =>
  manage(product, 'changeOperator', { operatorId, ...fields }, CHANGED, actors.admin.token);
const remove = (operatorId: string) => manage(product, 'removeOperator', { operatorId }, CHANGED, actors.admin.token);

async function known(parts: object = {}): Promise<string> {
  const { payload, errors } = await register(someone(parts));
  expect(errors).toEqual([]);
  return payload.operator.id;
}

async function ask(document: string, variables: object, token = actors.admin.token) {
  const { data, errors } = await product.graphql(document, variables, token);
  expect(errors).toBeUndefined();
  return data;
}

const versionOf = async (id: string) => {
  const [row] = await product.database.rows(sql<{ version: number }>`
    select version from operator where id = ${decodeId(id)!.key}`);
  return row!.version;
};

/** The events of an operator: kind, version and data. */
const eventsOf = (id: string) =>
  product.database.rows(sql<{ kind: string; version: number; data: object }>`
    select kind, subject_version as version, data from feed.event
    where subject_kind = 'Operator' and subject_id = ${decodeId(id)!.key} order by position`);

describe('registering an operator', () => {
  it('makes user, profile and number, and shows the invitation once', async () => {
    const groupId = encodeId('UserGroup', actors.groupId);
    const input = someone({
      schedule: { MON: '08:00-18:00', SUN: null },
      skills: ['sales', ' Legal', 'SALES'],
      groupId,
    });
    const first = await register(input);
    expect(first.errors).toEqual([]);
    const { operator, invitation, outcome } = first.payload;
    expect(operator).toMatchObject({
      alias: 'Алиса',
      phone: `+7999300000${n}`,
      maxLoad: 12,
      load: 0,
      skills: ['legal', 'sales'],
      active: true,
      removedAt: null,
      schedule: { MON: '08:00-18:00', TUE: null, SUN: null },
      user: { lastName: 'Ушакова', patronymic: 'Петровна', email: input.email, role: { name: 'operator' } },
    });
    expect(operator.user.group).toEqual({ id: groupId });
    expect(outcome).toBe('CREATED');
    const { data } = await product.graphql(
      'query ($skill: String) { operators(first: 9, filter: { skill: $skill }) { nodes { id } } }',
      { skill: 'LEGAL ' },
      actors.admin.token,
    );
    expect(data.operators.nodes).toEqual([{ id: operator.id }]);
    expect(await eventsOf(operator.id)).toEqual([
      { kind: 'operator.registered', version: 1, data: { groupId: actors.groupId } },
    ]);
    const accepted = await manage(
      product,
      'acceptInvitation',
      { token: invitation.token, password: 'a good password' },
      'session { accessToken }',
      '',
    );
    expect(accepted.errors).toEqual([]);
    const again = await register(input);
    expect(again.payload).toMatchObject({ outcome: 'UNCHANGED', invitation: null, operator: { id: operator.id } });
    expect(await eventsOf(operator.id)).toHaveLength(1);
  });

  it('again changes nothing and says so; otherwise brings up to date, but for what is left out', async () => {
    const input = someone({ skills: ['sales'], groupId: encodeId('UserGroup', actors.groupId) });
    const { payload } = await register(input);
    const { skills: _, groupId: __, ...less } = input as typeof input & { skills: string[]; groupId: string };
    const again = await register({ ...less, email: input.email.toUpperCase() });
    expect(again.payload).toMatchObject({ outcome: 'UNCHANGED', invitation: null });
    const other = await createGroup(product.database);
    const moved = await register({ ...less, maxLoad: 3, groupId: encodeId('UserGroup', other) });
    expect(moved.payload).toMatchObject({
      outcome: 'UPDATED',
      operator: {
        id: payload.operator.id,
        maxLoad: 3,
        skills: ['sales'],
        user: { group: { id: encodeId('UserGroup', other) } },
      },
    });
    expect(await eventsOf(payload.operator.id)).toEqual([
      { kind: 'operator.registered', version: 1, data: { groupId: actors.groupId } },
      { kind: 'operator.changed', version: 2, data: { groupId: other } },
    ]);
  });

  it('names every field that is wrong', async () => {
    const { errors, payload } = await register({
      alias: ' ',
      fullName: 'Ушакова',
      email: 'nobody',
      phone: '12',
      maxLoad: -1,
      schedule: { MON: '18:00-08:00', TUE: '8-18' },
      skills: [''],
      groupId: encodeId('User', '1'),
    });
    const fields = [
      'alias',
      'fullName',
      'email',
      'phone',
      'maxLoad',
      'schedule.MON',
      'schedule.TUE',
      'skills.0',
      'groupId',
    ];
    expect(errors.toSorted()).toEqual(fields.map((field) => `BAD_USER_INPUT input.${field}`).sort());
    expect(payload).toMatchObject({ operator: null, outcome: null, invitation: null });
  });

  it('refuses what is somebody else’s or not there, and leaves nothing behind', async () => {
    const taken = someone();
    await register(taken);
    await createCustomerLogin(product.database, { email: 'customer@test.example' });
    await createUser(product.database, { role: 'operator', email: 'gone@test.example', active: false });
    const count = () =>
      product.database.rows(sql`select count(*) as users, (select count(*) from operator) as operators from app_user`);
    const before = await count();
    const refusals: [object, string][] = [
      [{ phone: taken.phone }, 'CONFLICT input.phone'],
      [{ email: 'Customer@test.example' }, 'CONFLICT input.email'],
      [{ email: 'gone@test.example' }, 'STATE_NOT_ALLOWED input.email'],
      [{ groupId: encodeId('UserGroup', '999999') }, 'NOT_FOUND input.groupId'],
    ];
    for (const [parts, error] of refusals) expect((await register(someone(parts))).errors).toEqual([error]);
    expect(await count()).toEqual(before);
  });
});

describe('changing an operator', () => {
  it('changes what is given, and no more', async () => {
    const id = await known({ schedule: { MON: '08:00-18:00' }, skills: ['sales'] });
    const shown = async (fields: object) => {
      const { payload, errors } = await change(id, fields);
      expect(errors).toEqual([]);
      return payload.operator;
    };
    const before = await shown({});
    expect(await shown({ alias: 'Алина' })).toEqual({ ...before, alias: 'Алина' });
    expect(await shown({ alias: null, maxLoad: null, skills: null, active: null })).toEqual({
      ...before,
      alias: 'Алина',
    });
    expect(await shown({ maxLoad: 0, skills: [] })).toMatchObject({ maxLoad: 0, skills: [], phone: before.phone });
    expect(await shown({ schedule: { TUE: '00:00-24:00' } })).toMatchObject({
      schedule: { MON: null, TUE: '00:00-24:00' },
    });
    expect(await shown({ schedule: null })).toMatchObject({ schedule: null });
    expect(await shown({ active: false })).toMatchObject({ active: false });
    expect((await eventsOf(id)).map(({ kind, version }) => `${kind} ${version}`)).toEqual([
      'operator.registered 1',
      ...[2, 3, 4, 5, 6].map((version) => `operator.changed ${version}`),
    ]);
  });

  it('gives another number and takes it away; calls since then are whose it is then', async () => {
    const [id, other] = [await known(), await known()];
    const { payload } = await change(id, { phone: '8(999) 444-00-01' });
    expect(payload.operator.phone).toBe('+79994440001');
    expect((await change(other, { phone: '+79994440001' })).errors).toEqual(['CONFLICT input.phone']);
    expect((await change(id, { phone: null })).payload.operator.phone).toBeNull();
    expect((await change(id, { phone: null })).errors).toEqual([]);
    expect((await change(other, { phone: '+79994440001' })).payload.operator.phone).toBe('+79994440001');
    const holdings = await product.database.rows(sql<{ operator_id: string; ended: boolean }>`
      select operator_id, held_until is not null as ended from number_holding where msisdn = '+79994440001' order by id`);
    expect(holdings).toEqual([
      { operator_id: decodeId(id)!.key, ended: true },
      { operator_id: decodeId(other)!.key, ended: false },
    ]);
  });

  it('names what is wrong, and refuses who is not there', async () => {
    const id = await known();
    const before = await versionOf(id);
    const { errors } = await change(id, {
      alias: '',
      phone: 'x',
      maxLoad: 10_001,
      schedule: { SUN: '9' },
      skills: [' '],
    });
    const fields = ['alias', 'phone', 'maxLoad', 'schedule.SUN', 'skills.0'];
    expect(errors).toEqual(fields.map((field) => `BAD_USER_INPUT input.${field}`));
    expect(await versionOf(id)).toBe(before);
    const nobody = encodeId('Operator', '999999');
    for (const fields of [{ alias: 'X' }, { active: false }]) {
      expect((await change(nobody, fields)).errors).toEqual(['NOT_FOUND input.operatorId']);
    }
    expect((await change(encodeId('User', '1'), {})).errors).toEqual(['BAD_USER_INPUT input.operatorId']);
  });
});

describe('removing an operator', () => {
  const FOUND =
    'query ($filter: OperatorFilter!) { operators(filter: $filter, first: 100) { nodes { id removedAt } } }';
  const idsOf = async (filter: object) =>
    (await ask(FOUND, { filter })).operators.nodes.map(({ id }: { id: string }) => id);

  it('frees the number, and lists them no more unless asked', async () => {
    const phone = '+79994440002';
    const id = await known({ alias: 'Removed one', phone });
    const { payload, errors } = await remove(id);
    expect(errors).toEqual([]);
    expect(payload).toMatchObject({
      operator: { id, alias: 'Removed one', phone: null, active: false, removedAt: expect.any(String) },
      releasedInquiries: 0,
    });
    expect(await idsOf({ alias: 'Removed one' })).toEqual([]);
    expect(await idsOf({ alias: 'Removed one', removed: true })).toEqual([id]);
    expect(await idsOf({ alias: 'Removed one', removed: null })).toEqual([id]);
    expect((await ask('{ operators(first: 100) { nodes { id } } }', {})).operators.nodes).not.toContainEqual({ id });
    expect(await known({ phone })).not.toBe(id);
    expect((await remove(id)).payload.operator.removedAt).toBe(payload.operator.removedAt);
  });

  it('shows to who may see no more than the alias that they were removed', async () => {
    const id = await known();
    await remove(id);
    const document = `query ($id: ID!) { operator(id: $id) { ${PROFILE} } }`;
    const { operator } = await ask(document, { id }, actors.operator.token);
    expect(operator).toMatchObject({ alias: 'Алиса', removedAt: expect.any(String), active: null, load: null });
  });

  it('lets nobody change them until they are registered again, as they were', async () => {
    const input = someone({ skills: ['sales'] });
    const { payload } = await register(input);
    const { id } = payload.operator;
    await remove(id);
    const refused = ['STATE_NOT_ALLOWED input.operatorId'];
    expect((await change(id, { active: true })).errors).toEqual(refused);
    const limit = { operatorId: id, maxLoad: 1 };
    expect((await manage(product, 'changeOperatorLimit', limit, 'operator { id }', actors.admin.token)).errors).toEqual(
      refused,
    );
    const back = await register(input);
    expect(back.payload).toMatchObject({
      outcome: 'CREATED',
      operator: { id, active: true, removedAt: null, skills: ['sales'], phone: payload.operator.phone },
    });
    expect((await eventsOf(id)).map(({ kind, version }) => `${kind} ${version}`)).toEqual([
      'operator.registered 1',
      'operator.removed 2',
      'operator.registered 3',
    ]);
    const [record] = await product.database.rows(sql<{ after: object }>`
      select after from change_record where subject_kind = 'Operator' and kind = 'OPERATOR_REGISTERED' order by id desc limit 1`);
    expect(record!.after).toMatchObject({ active: true, removedAt: null });
  });

  it('brings back also who was registered by a file with a number of long ago', async () => {
    const { registerOperator } = await import('../../src/services/identity/register-operator.js');
    const row = { ...someone(), schedule: null, validFrom: new Date('2026-01-01T00:00:00Z') };
    const load = () => product.database.transact(systemActor('load'), (work) => registerOperator(work, row));
    const { operatorId } = await load();
    await remove(encodeId('Operator', operatorId));
    expect(await load()).toMatchObject({ operatorId, outcome: 'created' });
    expect(await load()).toMatchObject({ operatorId, outcome: 'unchanged' });
  });

  it('leaves the sign-in, without what an operator sees', async () => {
    const { userId, loginId } = await createUser(product.database, { role: 'operator', operator: {} });
    const [row] = await product.database.rows(sql<{ id: string }>`select id from operator where user_id = ${userId}`);
    const [source] = await product.database.rows(sql<{ id: string }>`
      insert into source (name, name_key, skills) values ('desk', 'desk', '{}') returning id`);
    await product.database.rows(sql`
      insert into source_weight (source_id, operator_id, weight) values (${source!.id}, ${row!.id}, 1)`);
    const input = { source: 'desk', externalId: 'one', idempotencyKey: 'one' };
    await product.database.transact(systemActor('test'), (work) => registerInquiry(work, input, () => 0));
    const token = await signInLogin(product.database, loginId, 'user');
    const document = '{ viewer { operator { id } user { id } } inquiries { nodes { id } } sources { nodes { id } } }';
    const before = await ask(document, {}, token);
    expect(before).toMatchObject({ viewer: { operator: { id: expect.any(String) } }, inquiries: { nodes: [{}] } });
    const removed = await remove(before.viewer.operator.id);
    expect(removed.payload.releasedInquiries).toBe(1);
    expect(await ask(document, {}, token)).toEqual({
      viewer: { operator: null, user: { id: encodeId('User', userId) } },
      inquiries: { nodes: [] },
      sources: { nodes: [] },
    });
  });

  it('refuses who is not there', async () => {
    expect((await remove(encodeId('Operator', '999999'))).errors).toEqual(['NOT_FOUND input.operatorId']);
    expect((await remove('junk')).errors).toEqual(['BAD_USER_INPUT input.operatorId']);
  });
});
