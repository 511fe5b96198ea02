import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { PARTNER_SCOPE_NAMES } from '../../src/entities/identity/partner-scope.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, signInCustomer, signInPartner } from '../support/sign-ins.js';

const USER = `id name lastName firstName patronymic presence email workPhone active lastLoginAt createdAt
  role { name permissions } group { name }`;
const OPERATOR = 'id alias phone maxLoad skills active schedule { MON TUE }';
const HIDDEN_OF_USER = {
  email: null,
  workPhone: null,
  active: null,
  createdAt: null,
  role: null,
  group: null,
};
const HIDDEN_OF_OPERATOR = { phone: null, maxLoad: null, skills: null, active: null, schedule: null };

let product: Product;
let actors: Actors;

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
  await product.database.rows(sql`update operator set schedule = '{"MON": null, "TUE": "08:00-18:00"}'`);
});
afterAll(() => product.stop());

const operatorId = (who: 'operator' | 'otherOperator') => encodeId('Operator', actors[who].actor.operatorId!);
const userId = (who: 'admin' | 'operator' | 'otherOperator') => encodeId('User', actors[who].actor.userId);

async function ask(document: string, token: string, variables: object = {}) {
  const { data, errors } = await product.graphql(document, variables, token);
  expect(errors).toBeUndefined();
  return data;
}

async function codeOf(document: string, token: string, variables: object = {}) {
  const { errors } = await product.graphql(document, variables, token);
  return errors?.[0]?.extensions.code;
}

const readUser = async (id: string, token: string) =>
  (await ask(`query ($id: ID!) { user(id: $id) { ${USER} operator { ${OPERATOR} } } }`, token, { id })).user;
const readOperator = async (id: string, token: string) =>
  (await ask(`query ($id: ID!) { operator(id: $id) { ${OPERATOR} user { ${USER} } } }`, token, { id })).operator;

/** A call of a customer with an operator, as the customer's or the operator's attempt. */
async function call(customerId: string, operator: string, as: 'caller' | 'called'): Promise<void> {
  const [customer, other] = as === 'caller' ? ['caller', 'called'] : ['called', 'caller'];
  await product.database.rows(sql`
    insert into call (exchange, external_id, direction, status, caller_number, called_number, started_at,
      duration_seconds, ${sql.ref(`${customer}_customer_id`)}, ${sql.ref(`${other}_operator_id`)})
    values ('pbx', ${crypto.randomUUID()}, 'INBOUND', 'MISSED', '+79001112233', '+79990000011', now(), 0,
      ${customerId}, ${operator})`);
}

describe('an admin', () => {
  test('sees all of every user and operator', async () => {
    const user = await readUser(userId('operator'), actors.admin.token);
    expect(user).toMatchObject({
      email: expect.stringContaining('@test.example'),
      workPhone: '+74951234567',
      active: true,
      role: { name: 'operator' },
      group: { name: expect.stringMatching(/^Group/) },
      operator: { alias: 'Alisa', phone: '+79990000011', maxLoad: 5, skills: [], active: true },
    });
    const operator = await readOperator(operatorId('otherOperator'), actors.admin.token);
    expect(operator).toMatchObject({ phone: '+79990000012', schedule: { MON: null, TUE: '08:00-18:00' } });
    expect(operator.user.role.permissions).toContain('calls.read-own');
  });

  test('finds users by what others cannot see, and the members of a group', async () => {
    const { users, roles, userGroups } = await ask(
      `{ users(filter: { role: "operator", active: true }) { totalCount }
        roles { nodes { name builtIn } }
        userGroups { nodes { name users { totalCount nodes { id } } } } }`,
      actors.admin.token,
    );
    expect(users.totalCount).toBe(2);
    expect(roles.nodes.map((role: { name: string }) => role.name)).toEqual(['admin', 'operator', 'supervisor']);
    expect(userGroups.nodes[0].users).toEqual({ totalCount: 1, nodes: [{ id: userId('operator') }] });
  });
});

describe('a filter that can match nothing', () => {
  test.each([
    ['users', 'UserFilter', ['name', 'role', 'email']],
    ['userGroups', 'UserGroupFilter', ['name']],
    ['operators', 'OperatorFilter', ['alias', 'phone', 'skill']],
  ])('of %s finds nothing or is refused', async (list, type, fields) => {
    const document = `query ($filter: ${type}) { ${list}(filter: $filter) { totalCount nodes { id } } }`;
    for (const filter of fields.flatMap((field) => [{ [field]: 'a\u0000' }, { [field]: '\ud800' }])) {
      const { data, errors } = await product.graphql(document, { filter }, actors.admin.token);
      if (errors) expect(errors[0]!.extensions.code).toBe('BAD_USER_INPUT');
      else expect(data[list]).toEqual({ totalCount: 0, nodes: [] });
    }
  });
});

describe('a supervisor', () => {
  test('sees all of who is in their groups, of others name, alias and presence', async () => {
    const { token } = actors.supervisor;
    expect(await readUser(userId('operator'), token)).toMatchObject({
      email: expect.any(String),
      active: true,
      role: { name: 'operator' },
      operator: { phone: '+79990000011', maxLoad: 5 },
    });
    expect(await readUser(userId('otherOperator'), token)).toMatchObject({
      name: 'Petrova Anna',
      presence: 'OFFLINE',
      ...HIDDEN_OF_USER,
      operator: { alias: 'Boris', ...HIDDEN_OF_OPERATOR },
    });
    expect(await readOperator(operatorId('operator'), token)).toMatchObject({ phone: '+79990000011', active: true });
    expect(await readOperator(operatorId('otherOperator'), token)).toMatchObject(HIDDEN_OF_OPERATOR);
  });

  test('sees which groups are theirs and who is in them', async () => {
    const { viewer, userGroups } = await ask(
      '{ viewer { supervisedGroups { nodes { id users { nodes { id } } } } } userGroups { totalCount } }',
      actors.supervisor.token,
    );
    expect(viewer.supervisedGroups.nodes).toEqual([
      { id: encodeId('UserGroup', actors.groupId), users: { nodes: [{ id: userId('operator') }] } },
    ]);
    expect(userGroups.totalCount).toBe(1);
  });

  test('finds by what can be hidden only those of whom they see all', async () => {
    const { users, operators } = await ask(
      '{ users(filter: { role: "operator" }) { nodes { id } } operators(filter: { active: true }) { nodes { id } } }',
      actors.supervisor.token,
    );
    expect(users.nodes).toEqual([{ id: userId('operator') }]);
    expect(operators.nodes).toEqual([{ id: operatorId('operator') }]);
  });
});

describe('an operator', () => {
  test('sees all of themselves, of others name, alias and presence', async () => {
    const { token } = actors.operator;
    expect(await readUser(userId('operator'), token)).toMatchObject({
      email: expect.any(String),
      role: { name: 'operator' },
      group: { name: expect.any(String) },
      operator: { phone: '+79990000011' },
    });
    for (const who of ['admin', 'otherOperator'] as const) {
      expect(await readUser(userId(who), token)).toMatchObject({ name: 'Petrova Anna', ...HIDDEN_OF_USER });
    }
    expect(await readOperator(operatorId('otherOperator'), token)).toMatchObject({
      alias: 'Boris',
      ...HIDDEN_OF_OPERATOR,
      user: { name: 'Petrova Anna', ...HIDDEN_OF_USER },
    });
  });

  test('learns nothing hidden by a filter, by a group, or by an id', async () => {
    const { token } = actors.operator;
    const { users, operators, userGroups, node } = await ask(
      `query ($role: ID!) {
        users(filter: { active: true }) { totalCount nodes { id } }
        operators(filter: { phone: "+79990000012" }) { totalCount }
        userGroups { nodes { users { totalCount } } }
        node(id: $role) { id }
      }`,
      token,
      { role: encodeId('Role', '1') },
    );
    expect(users).toEqual({ totalCount: 1, nodes: [{ id: userId('operator') }] });
    expect(operators.totalCount).toBe(0);
    expect(userGroups.nodes).toEqual([{ users: null }]);
    expect(node).toBeNull();
  });

  test('may not list roles or partner keys', async () => {
    expect(await codeOf('{ roles { totalCount } }', actors.operator.token)).toBe('FORBIDDEN');
    expect(await codeOf('{ partnerKeys { totalCount } }', actors.operator.token)).toBe('FORBIDDEN');
  });
});

describe('a customer', () => {
  test('sees the alias of those operators only who took part in a call with them, and nobody behind it', async () => {
    const { actor, token } = await signInCustomer(product.database);
    const list = `{ operators { totalCount nodes { ${OPERATOR} user { name } } } }`;
    expect((await ask(list, token)).operators).toEqual({ totalCount: 0, nodes: [] });
    await call(actor.customerId, actors.operator.actor.operatorId!, 'caller');
    await call(actors.otherCustomer.actor.customerId, actors.otherOperator.actor.operatorId!, 'called');
    expect((await ask(list, token)).operators).toEqual({
      totalCount: 1,
      nodes: [{ id: operatorId('operator'), alias: 'Alisa', ...HIDDEN_OF_OPERATOR, user: null }],
    });
    expect(await readOperator(operatorId('otherOperator'), token)).toBeNull();
    expect((await ask(list, actors.otherCustomer.token)).operators.nodes).toMatchObject([{ alias: 'Boris' }]);
  });

  test('may not read users, also not by their ids', async () => {
    const { token } = actors.customer;
    expect(await codeOf('{ users { totalCount } }', token)).toBe('FORBIDDEN');
    const { node } = await ask('query ($id: ID!) { node(id: $id) { id } }', token, { id: userId('operator') });
    expect(node).toBeNull();
  });
});

describe('a partner', () => {
  const READ = `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Operator { ${OPERATOR} user { id } } } }`;
  const ids = () => [operatorId('operator'), userId('operator')];

  test('sees no operator and no user, whatever its scopes but one', async () => {
    const { token } = await signInPartner(
      product.database,
      PARTNER_SCOPE_NAMES.filter((scope) => scope !== 'inquiries:read'),
    );
    expect(await codeOf('{ operators { totalCount } }', token)).toBe('FORBIDDEN');
    expect(await codeOf('{ users { totalCount } }', token)).toBe('FORBIDDEN');
    expect((await ask(READ, token, { ids: ids() })).nodes).toEqual([null, null]);
  });

  test('who reads inquiries sees whom they go to by alias, and nothing else of them', async () => {
    const { token } = await signInPartner(product.database, ['inquiries:read']);
    expect(await codeOf('{ operators { totalCount } }', token)).toBe('FORBIDDEN');
    expect((await ask(READ, token, { ids: ids() })).nodes).toEqual([
      { id: operatorId('operator'), alias: 'Alisa', ...HIDDEN_OF_OPERATOR, user: null },
      null,
    ]);
  });
});

describe('reading', () => {
  test('refuses an id of another kind', async () => {
    const { errors } = await product.graphql(
      'query ($id: ID!) { operator(id: $id) { id } }',
      { id: userId('operator') },
      actors.admin.token,
    );
    expect(errors![0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', path: ['id'] });
  });

  test('takes as many statements for one operator as for many', async () => {
    const { database } = product;
    const count = async (first: number) => {
      const statements: string[] = [];
      const rows = database.rows.bind(database);
      database.rows = (statement, scope) => {
        statements.push(database.compile(statement).sql);
        return rows(statement, scope);
      };
      try {
        const document = `query ($first: Int!) { operators(first: $first) { nodes { ${OPERATOR} user { ${USER} } } } }`;
        expect((await ask(document, actors.supervisor.token, { first })).operators.nodes).toHaveLength(first);
      } finally {
        database.rows = rows;
      }
      return statements.length;
    };
    await count(1);
    expect(await count(2)).toBe(await count(1));
  });
});
