import { sql } from 'kysely';
import { createUser as makeUser } from '../../src/services/identity/create-user.js';
import { userCreated } from '../../src/services/identity/identity.events.js';
import { hashPassword } from '../../src/services/identity/passwords.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, createUser, signInUser } from '../support/sign-ins.js';
import { publishTestTariff, subscriberOf } from '../support/subscribers.js';
import { ask, CLIENT, change } from './ask.js';

const PASSWORD = 'right horse battery';
const SECOND_ADMIN = 'second-admin@test.example';
const IMSI = '250012345678901';

let product: Product;
let actors: Actors;
let customerId: string;
let simId: string;
let strangerId: string;

/** One change of each kind of object, by several, and a user whom the supervisor does not answer for. */
beforeAll(async () => {
  product = await startProduct();
  const { database } = product;
  actors = await createActors(database);
  const tariffId = await publishTestTariff(database);
  const { contract } = await change(
    product,
    'registerSubscriber',
    subscriberOf(1, tariffId, { deposit: '10', imsi: IMSI }),
    'contract { customer { id } sim { id } }',
    actors.operator.token,
  );
  customerId = contract.customer.id;
  simId = contract.sim.id;
  const shown = 'partnerKey { id }';
  await change(product, 'createPartnerKey', { name: 'Secretive', scopes: ['calls:read'] }, shown, actors.admin.token);
  const person = { email: SECOND_ADMIN, lastName: 'Other', firstName: 'One', role: 'admin' };
  strangerId = await database.transact(systemActor('test'), async (work) => {
    const id = await makeUser(work, { ...person, passwordHash: await hashPassword(PASSWORD) }, work.now);
    await work.record([userCreated(id, person)]);
    return id;
  });
  await change(product, 'signIn', { email: SECOND_ADMIN, password: PASSWORD }, 'session { accessToken }');
});
afterAll(() => product?.stop());

const KINDS_OF = '{ history(first: 100) { nodes { kind subjectKind } } }';

async function subjectsSeenBy(token: string): Promise<string[]> {
  const { history } = await ask(product, KINDS_OF, {}, token);
  return [...new Set<string>(history.nodes.map(({ subjectKind }: { subjectKind: string }) => subjectKind))].sort();
}

describe('the history', () => {
  it('is all shown to an admin', async () => {
    expect(await subjectsSeenBy(actors.admin.token)).toEqual(
      ['Contract', 'Customer', 'PartnerKey', 'Payment', 'Sim', 'Tariff', 'User'].sort(),
    );
  });

  it('is shown to a supervisor of what they may see: no keys of partners, and no users of others’ groups', async () => {
    expect(await subjectsSeenBy(actors.supervisor.token)).toEqual(
      ['Contract', 'Customer', 'Payment', 'Sim', 'Tariff'].sort(),
    );
  });

  it('is shown to a supervisor of the users whom they answer for', async () => {
    const { userId } = await createUser(product.database, { role: 'operator', groupId: actors.groupId });
    const shown = 'invitation { expiresAt }';
    await change(product, 'renewInvitation', { userId: encodeId('User', userId) }, shown, actors.admin.token);
    const document = 'query ($id: ID!) { user(id: $id) { history { nodes { kind changes { field } } } } }';
    const of = async (id: string) =>
      (await ask(product, document, { id: encodeId('User', id) }, actors.supervisor.token)).user.history.nodes;
    expect(await of(userId)).toEqual([{ kind: 'USER_INVITED', changes: [{ field: 'expiresAt' }] }]);
    expect(await of(strangerId)).toEqual([]);
  });

  it('is shown to an operator of what they may change', async () => {
    expect(await subjectsSeenBy(actors.otherOperator.token)).toEqual(['Contract', 'Customer', 'Payment', 'Sim']);
  });

  it('is shown to nobody who is no employee, however it is asked for', async () => {
    for (const { token } of [actors.customer, actors.partner]) {
      const { errors } = await product.graphql('{ history { nodes { id } } }', {}, token);
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    const [record] = await product.database.rows(sql<{ id: string }>`select id from change_record limit 1`);
    const document =
      'query ($record: ID!, $customer: ID!) { node(id: $record) { id } customer(id: $customer) { history { totalCount nodes { id } } } }';
    const variables = { record: encodeId('ChangeRecord', record!.id), customer: customerId };
    const answer = await ask(product, document, variables, actors.partner.token);
    expect(answer).toEqual({ node: null, customer: { history: { totalCount: 0, nodes: [] } } });
  });

  it('is not erased by anybody but an admin', async () => {
    const document = 'mutation ($input: EraseHistoryInput!) { eraseHistory(input: $input) { erasedRecords } }';
    for (const { token } of [actors.supervisor, actors.operator, actors.customer, actors.partner]) {
      const { errors } = await product.graphql(document, { input: { subjectId: customerId } }, token);
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
  });
});

describe('the activity of a user', () => {
  const activity = async (userId: string, token: string) => {
    const document =
      'query ($id: ID!) { user(id: $id) { activity { totalCount nodes { kind actor { user { id } } } } } }';
    const { user } = await ask(product, document, { id: encodeId('User', userId) }, token);
    expect(user.activity.totalCount).toBe(user.activity.nodes.length);
    return user.activity.nodes.map(({ kind }: { kind: string }) => kind);
  };
  const REGISTERED = ['PAYMENT_RECORDED', 'SIM_REGISTERED', 'CONTRACT_REGISTERED', 'CUSTOMER_REGISTERED'];

  it('is all of what they did, to themselves', async () => {
    const { viewer } = await ask(
      product,
      '{ viewer { user { activity { nodes { kind } } } } }',
      {},
      actors.operator.token,
    );
    expect(viewer.user.activity.nodes.map(({ kind }: { kind: string }) => kind).sort()).toEqual(REGISTERED.sort());
    expect(await activity(actors.otherOperator.actor.userId, actors.otherOperator.token)).toEqual([]);
  });

  it('has their sign-ins, for an admin and for themselves, and not for another operator', async () => {
    const signedIn = await activity(strangerId, actors.admin.token);
    expect([...signedIn].sort()).toEqual(['USER_PRESENCE_CHANGED', 'USER_SIGNED_IN']);
    expect(await activity(strangerId, actors.otherOperator.token)).toEqual([]);
    expect(await activity(strangerId, actors.supervisor.token)).toEqual([]);
  });

  it('is filtered by kind and period', async () => {
    const of = async (filter: string) => {
      const document = `{ viewer { user { activity(filter: { ${filter} }) { nodes { kind } } } } }`;
      const { viewer } = await ask(product, document, {}, actors.operator.token);
      return viewer.user.activity.nodes.length;
    };
    expect(await of('kind: PAYMENT_RECORDED')).toBe(1);
    expect(await of('kind: USER_SIGNED_IN')).toBe(0);
    expect(await of('recordedFrom: "2026-01-01T00:00:00Z"')).toBe(4);
    expect(await of('recordedBefore: "2026-01-01T00:00:00Z"')).toBe(0);
  });
});

describe('the fields of a change', () => {
  const fieldsOf = async (type: string, id: string, token: string) => {
    const document = `query ($id: ID!) { node(id: $id) { ... on ${type} { history { nodes { changes { field after } } } } } }`;
    const { node } = await ask(product, document, { id }, token);
    return (node?.history.nodes ?? []).flatMap(({ changes }: { changes: object[] }) => changes);
  };
  const withRole = async (permissions: readonly string[]) => {
    const name = `role ${permissions.length} ${Math.random()}`;
    await product.database.rows(sql`insert into role (name, permissions) values (${name}, ${[...permissions]})`);
    return (await signInUser(product.database, { role: name as 'operator' })).token;
  };

  it('are shown as the fields themselves are', async () => {
    expect(await fieldsOf('Sim', simId, actors.operator.token)).toContainEqual({ field: 'imsi', after: IMSI });
    const payment = (await product.database.rows(sql<{ id: string }>`select id from payment`))[0]!.id;
    const token = await withRole(['payments.read', 'history.read']);
    const fields = await fieldsOf('Payment', encodeId('Payment', payment), token);
    expect(fields.map(({ field }: { field: string }) => field)).toEqual([
      'amount',
      'currency',
      'method',
      'receivedAt',
      'status',
    ]);
  });

  const CLIENTS = 'query ($id: ID!) { customer(id: $id) { history { nodes { client { name } } } } }';

  it('come without the client of others, but for who oversees them', async () => {
    const of = async (token: string) =>
      (await ask(product, CLIENTS, { id: customerId }, token)).customer.history.nodes[0].client;
    for (const { token } of [actors.admin, actors.supervisor, actors.operator]) {
      expect(await of(token)).toEqual({ name: CLIENT.name });
    }
    expect(await of(actors.otherOperator.token)).toBeNull();
  });

  it('come without the client of who is not overseen, a customer or a partner, but for an admin', async () => {
    const { otherOperator, customer, partner } = actors;
    const id = customer.actor.customerId;
    for (const { actor } of [otherOperator, customer, partner]) {
      await product.database.transact(
        actor,
        (work) =>
          work.record([
            { kind: 'customer.changed', subject: { kind: 'Customer', id }, change: { before: null, after: null } },
          ]),
        { address: '192.0.2.1', agent: null, name: 'somewhere', version: null },
      );
    }
    const of = async (token: string) => {
      const { history } = (await ask(product, CLIENTS, { id: encodeId('Customer', id) }, token)).customer;
      return history.nodes.map(({ client }: { client: { name: string } | null }) => client?.name ?? null);
    };
    expect(await of(actors.admin.token)).toEqual(['somewhere', 'somewhere', 'somewhere']);
    expect(await of(actors.supervisor.token)).toEqual([null, null, null]);
    expect(await of(actors.operator.token)).toEqual([null, null, null]);
    expect(await of(otherOperator.token)).toEqual([null, null, 'somewhere']);
  });

  it('are not told by a filter of who did it, where one may not see them', async () => {
    const { customer, partner, operator } = actors;
    const id = customer.actor.customerId;
    const of = async (filter: string, token: string) => {
      const { history } = await ask(product, `{ history(filter: { ${filter} }) { totalCount } }`, {}, token);
      return history.totalCount;
    };
    const byPartner = `partnerKeyId: "${encodeId('PartnerKey', partner.actor.partnerKeyId)}"`;
    expect(await of(byPartner, actors.admin.token)).toBe(1);
    expect(await of(byPartner, actors.supervisor.token)).toBe(0);
    const byCustomer = `customerId: "${encodeId('Customer', id)}"`;
    expect(await of(byCustomer, actors.supervisor.token)).toBe(1);
    const byUser = `userId: "${encodeId('User', operator.actor.userId)}"`;
    expect(await of(byUser, actors.supervisor.token)).toBe(4);
    const blind = await withRole(['history.read', 'customers.read']);
    for (const filter of [byPartner, byCustomer, byUser]) {
      expect([filter, await of(filter, blind)]).toEqual([filter, filter === byCustomer ? 1 : 0]);
    }
  });

  it('that nobody has a rule for are shown to an admin only', async () => {
    const id = '777';
    await product.database.rows(sql`
      insert into sim (id, iccid) values (${id}, '8970100000000000777')`);
    await product.database.transact(systemActor('test'), (work) =>
      work.record([
        {
          kind: 'sim.changed',
          subject: { kind: 'Sim', id },
          change: { before: null, after: { hidden: 'x', status: 'y' } },
        },
      ]),
    );
    const of = (token: string) => fieldsOf('Sim', encodeId('Sim', id), token);
    expect(await of(actors.admin.token)).toEqual([
      { field: 'hidden', after: 'x' },
      { field: 'status', after: 'y' },
    ]);
    expect(await of(actors.supervisor.token)).toEqual([{ field: 'status', after: 'y' }]);
  });

  it('are not shown of what one may not see oneself any more, though one did it', async () => {
    const token = await withRole(['history.read-own', 'users.read']);
    const [{ id: userId }] = (await product.database.rows(sql<{ id: string }>`
      select max(id) as id from app_user`)) as [{ id: string }];
    await product.database.transact({ ...systemActor('import'), key: `user:${userId}` }, (work) =>
      work.record([
        {
          kind: 'customer.changed',
          subject: { kind: 'Customer', id: '1' },
          change: { before: null, after: { name: 'N' } },
        },
      ]),
    );
    const { history } = await ask(
      product,
      '{ history { nodes { kind subject { id } changes { field } } } }',
      {},
      token,
    );
    expect(history.nodes).toEqual([{ kind: 'CUSTOMER_CHANGED', subject: null, changes: [] }]);
  });
});

describe('what an operator registered', () => {
  it('tells them nothing of leads that they do not see: neither that there was one, nor that two may be one', async () => {
    const { database } = product;
    const operator = await signInUser(database, { role: 'operator', operator: {} });
    const { source } = await change(product, 'createSource', { name: 'Calls' }, 'source { id }', actors.admin.token);
    let inquiries = 0;
    const register = (who: object, token: string) => {
      inquiries += 1;
      const input = { source: source.id, ...who, idempotencyKey: `inquiry ${inquiries}` };
      return change(product, 'registerInquiry', input, 'inquiry { id }', token);
    };
    await register({ phone: '+79001110001' }, actors.admin.token);
    await register({ email: 'known@test.example' }, actors.admin.token);
    const [unknown, filled, both] = [
      { phone: '+79001110002' },
      { phone: '+79001110001', name: 'Olga' },
      { phone: '+79001110001', email: 'known@test.example' },
    ];
    for (const who of [unknown, filled, both]) await register(who, operator.token);
    const own =
      '{ viewer { user { activity(first: 50) { totalCount nodes { kind } } } } history(first: 50) { nodes { kind } } }';
    const seen = async () => {
      const { viewer, history } = await ask(product, own, {}, operator.token);
      const kinds = viewer.user.activity.nodes.map(({ kind }: { kind: string }) => kind).sort();
      expect(viewer.user.activity.totalCount).toBe(kinds.length);
      const leads = history.nodes.filter(({ kind }: { kind: string }) => kind.startsWith('LEAD_')).length;
      expect(leads).toBe(kinds.filter((kind: string) => kind.startsWith('LEAD_')).length);
      return kinds;
    };
    const registered = Array(3).fill('INQUIRY_REGISTERED');
    expect(await seen()).toEqual(registered);
    const activity = 'query ($id: ID!) { user(id: $id) { activity { nodes { kind } } } }';
    const { user } = await ask(product, activity, { id: encodeId('User', operator.actor.userId) }, actors.admin.token);
    const all = [...registered, 'LEAD_CHANGED', 'LEAD_DUPLICATE_FOUND', 'LEAD_REGISTERED'];
    expect(user.activity.nodes.map(({ kind }: { kind: string }) => kind).sort()).toEqual(all);
    // Who takes what waits there sees the leads; possible duplicates, who sees all of them.
    const operatorId = encodeId('Operator', operator.actor.operatorId!);
    const weight = { sourceId: source.id, operatorId, weight: '1' };
    await change(product, 'setSourceWeight', weight, 'weight { id }', actors.admin.token);
    expect(await seen()).toEqual([...registered, 'LEAD_CHANGED', 'LEAD_REGISTERED']);
  });
});
