import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { fillRichly } from '../support/rich-data.js';
import { type SecondServer, startSecondServer } from '../support/second-server.js';
import { type Actors, createActors, type SignedIn, signInUser } from '../support/sign-ins.js';

let product: Product;
let resolving: SecondServer;
let actors: Actors;

beforeAll(async () => {
  product = await startProduct();
  resolving = await startSecondServer(product, { READ_PLANS: 'off' });
  actors = await createActors(product.database);
  await fillRichly(product.database, actors);
});
afterAll(async () => {
  await resolving?.stop();
  await product?.stop();
});

/** Asks as an admin, if not as somebody else; tells whether a plan answered, and that resolvers would have answered the same. */
async function ask(document: string, variables: object = {}, { token }: Pick<SignedIn<never>, 'token'> = actors.admin) {
  const before = product.server.plans!.counts.planned;
  const { data, errors } = await product.graphql(document, variables, token);
  const planned = product.server.plans!.counts.planned > before;
  const resolved = await resolving.graphql(document, variables, token);
  expect({ data, errors }).toEqual({ data: resolved.data, errors: resolved.errors });
  return { data, errors, planned };
}

const PLANNED = { planned: true, errors: undefined };
const cursorOf = (...parts: string[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');

describe('the same operation', () => {
  it('with an empty cursor, with a real one, and with none reads the page that it stands for', async () => {
    const document = `query ($after: String) {
      calls(first: 4, after: $after) { pageInfo { hasPreviousPage endCursor } nodes { id } }
    }`;
    const pages: string[][] = [];
    let after: string | null | undefined = '';
    for (let i = 0; i < 4; i += 1) {
      const answer = await ask(document, { after });
      expect(answer).toMatchObject(PLANNED);
      const { pageInfo, nodes } = answer.data.calls;
      expect(pageInfo.hasPreviousPage).toBe(i > 0);
      pages.push(nodes.map(({ id }: { id: string }) => id));
      after = pageInfo.endCursor;
    }
    expect(new Set(pages.flat()).size).toBe(16);
    for (const variables of [{ after: '' }, { after: null }, {}]) {
      const { data } = await ask(document, variables);
      expect(data.calls.nodes.map(({ id }: { id: string }) => id)).toEqual(pages[0]);
    }
  });

  it('with cursors at both ends, forward and backward, reads what is between', async () => {
    const ends = '{ calls(first: 8) { edges { cursor node { id } } } }';
    const { edges } = (await ask(ends)).data.calls as { edges: { cursor: string; node: { id: string } }[] };
    const document = `query ($first: Int, $last: Int, $after: String, $before: String) {
      calls(first: $first, last: $last, after: $after, before: $before) {
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } }
      }
    }`;
    const [after, before] = [edges[1]!.cursor, edges[6]!.cursor];
    const between = edges.slice(2, 6);
    const page = async (variables: object) => {
      const answer = await ask(document, variables);
      expect(answer).toMatchObject(PLANNED);
      return answer.data.calls;
    };
    expect((await page({ after, before, first: 9 })).edges).toEqual(between);
    expect((await page({ after, before, first: 2 })).edges).toEqual(between.slice(0, 2));
    const last = await page({ after, before, last: 2 });
    expect(last.edges).toEqual(between.slice(2));
    expect(last.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: true,
      startCursor: between[2]!.cursor,
      endCursor: between[3]!.cursor,
    });
    expect((await page({ before })).edges).toEqual(edges.slice(0, 6));
    expect(await page({ after, before, last: 0 })).toMatchObject({ edges: [], pageInfo: { startCursor: null } });
  });

  it('with a filter, without one, and with null finds what it asks for', async () => {
    const document = `query ($filter: CallFilter, $status: CallStatus, $number: String) {
      all: calls(filter: $filter) { totalCount }
      some: calls(filter: { status: $status, number: $number }) { totalCount nodes { status } }
    }`;
    const counts = async (variables: object) => {
      const answer = await ask(document, variables);
      expect(answer).toMatchObject(PLANNED);
      return [answer.data.all.totalCount, answer.data.some.totalCount];
    };
    const [all] = await counts({});
    const [missed, number] = [{ status: 'MISSED' }, '+79000000002'];
    const [ofMissed] = await counts({ filter: missed });
    expect(ofMissed).toBeGreaterThan(0);
    expect(ofMissed).toBeLessThan(all);
    expect(await counts({ filter: null, status: null, number: null })).toEqual([all, all]);
    expect(await counts({ filter: {}, status: 'MISSED' })).toEqual([all, ofMissed]);
    expect(await counts({ filter: { status: null, number }, number })).toEqual(
      Array(2).fill((await counts({ number }))[1]),
    );
    expect((await counts({ filter: { ...missed, number } }))[0]).toBeLessThan(ofMissed);
    expect(await counts({ filter: { status: 'COMPLETED' }, status: 'COMPLETED' })).not.toEqual([ofMissed, ofMissed]);
  });

  it('reads pages of the size that each request asks for', async () => {
    const document = `query ($first: Int = 2, $last: Int) {
      customers(first: $first) { nodes { contracts(last: $last) { nodes { id } } } }
    }`;
    for (const [variables, size] of [
      [{ first: 0 }, 0],
      [{ first: 3 }, 3],
      [{}, 2],
      [{ first: 1 }, 1],
      [{ first: 3 }, 3],
    ] as const) {
      const answer = await ask(document, variables);
      expect(answer).toMatchObject(PLANNED);
      expect(answer.data.customers.nodes).toHaveLength(size);
    }
    const many = (await ask(document, { first: 100, last: 1 })).data.customers.nodes;
    const lengths = many.map(({ contracts }: { contracts: { nodes: object[] } }) => contracts.nodes.length);
    expect(Math.max(...lengths)).toBe(1);
    expect(await ask(document, { first: 101 })).toMatchObject({
      planned: false,
      errors: [{ extensions: { code: 'BAD_USER_INPUT', path: ['first'] } }],
    });
  });

  it('reads in the order that each request asks for', async () => {
    const document = `query ($order: ContractOrder, $direction: OrderDirection) {
      a: contracts(first: 100, orderBy: $order) { nodes { number } }
      b: contracts(first: 100, orderBy: { field: NUMBER, direction: $direction }) { nodes { number } }
    }`;
    const numbers = async (variables: object) => {
      const answer = await ask(document, variables);
      expect(answer).toMatchObject(PLANNED);
      return ['a', 'b'].map((key) => answer.data[key].nodes.map(({ number }: { number: string }) => number));
    };
    const order = (direction: string) => ({ field: 'NUMBER', direction });
    const [up, byDefault] = await numbers({ order: order('ASC') });
    expect(up).toEqual([...up!].sort());
    expect(byDefault).toEqual(up);
    expect(await numbers({ order: order('DESC'), direction: 'DESC' })).toEqual(Array(2).fill([...up!].reverse()));
    expect(await numbers({ order: order('ASC'), direction: 'DESC' })).toEqual([up, [...up!].reverse()]);
  });

  it('skips and includes what each request says', async () => {
    const document = `query ($skip: Boolean!, $include: Boolean = true) {
      customers(first: 1) { nodes { name @skip(if: $skip) ...F @include(if: $include) } }
    } fragment F on Customer { status id @skip(if: $skip) }`;
    const keys = async (variables: object) => {
      const answer = await ask(document, variables);
      expect(answer).toMatchObject(PLANNED);
      return Object.keys(answer.data.customers.nodes[0]);
    };
    expect(await keys({ skip: false })).toEqual(['name', 'status', 'id']);
    expect(await keys({ skip: true })).toEqual(['status']);
    expect(await keys({ skip: true, include: false })).toEqual([]);
  });
});

describe('a value that is wrong', () => {
  const cursors = `query ($after: String) { calls(first: 2, after: $after) { nodes { id } } }`;
  const refused = (path: readonly string[]) => ({
    planned: false,
    errors: [{ extensions: { code: 'BAD_USER_INPUT', path } }],
  });

  it.each([
    ['of another order', cursorOf('Call.STARTED_AT.ASC', '2026-09-01T06:00:00Z', '1')],
    ['of another list', cursorOf('Charge.STARTED_AT.DESC', '2026-09-01T06:00:00Z', '1')],
    ['with too few values', cursorOf('Call.STARTED_AT.DESC', '2026-09-01T06:00:00Z')],
    ['that is none', 'junk'],
  ])('as a cursor %s is refused at its argument', async (_what, after) => {
    expect(await ask(cursors, { after })).toMatchObject(refused(['after']));
    expect(await ask(cursors.replace('nodes { id }', 'totalCount'), { after })).toMatchObject(refused(['after']));
    expect(await ask(cursors.replace('nodes { id }', '__typename'), { after })).toMatchObject(refused(['after']));
    // The plan that was made for it is as good as before for a right one.
    expect(await ask(cursors, { after: cursorOf('Call.STARTED_AT.DESC', '2026-09-01T06:00:00Z', '1') })).toMatchObject(
      PLANNED,
    );
  });

  it.each([
    ['no instant', 'one day', '1'],
    ['a key beyond bounds', '2026-09-01T06:00:00Z', '99999999999999999999999'],
    ['a null character', '2026-09-01T06:00:00Z\u0000', '1'],
  ])('in a forged cursor, %s, is refused', async (_what, ...position) => {
    const after = cursorOf('Call.STARTED_AT.DESC', ...position);
    for (const asked of ['nodes { id }', 'totalCount', 'pageInfo { hasPreviousPage }', '__typename']) {
      expect(await ask(cursors.replace('nodes { id }', asked), { after })).toMatchObject(refused([]));
    }
  });

  it('as the id of another kind is refused at its argument, wherever it stands', async () => {
    const customer = encodeId('Customer', '1');
    const byId = 'query ($id: ID!) { call(id: $id) { id } }';
    expect(await ask(byId, { id: customer })).toMatchObject(refused(['id']));
    expect(await ask(byId, { id: encodeId('Call', '1') })).toMatchObject(PLANNED);
    expect(await ask(byId, { id: 'junk' })).toMatchObject(refused(['id']));
    const filtered = 'query ($id: ID) { calls(filter: { operatorId: $id }) { totalCount } }';
    expect(await ask(filtered, { id: customer })).toMatchObject(refused(['filter', 'operatorId']));
    const unread = filtered.replace('totalCount', '__typename');
    expect(await ask(unread, { id: customer })).toMatchObject(refused(['filter', 'operatorId']));
    expect(await ask('query ($id: ID!) { node(id: $id) { id } }', { id: 'junk' })).toMatchObject(refused(['id']));
  });

  it('as the id of another kind is refused too where nobody sees any of the right kind', async () => {
    const bare = await signInUser(product.database, { role: 'operator' });
    const document = 'query ($id: ID!) { call(id: $id) { id } }';
    expect(await ask(document, { id: encodeId('Call', '1') }, bare)).toMatchObject({
      ...PLANNED,
      data: { call: null },
    });
    expect(await ask(document, { id: encodeId('Customer', '1') }, bare)).toMatchObject(refused(['id']));
  });

  it('in one field leaves the fields beside it answered', async () => {
    const document = `query ($after: String, $id: ID!) {
      good: customers(first: 1) { nodes { name } }
      bad: customer(id: $id) { name payments(first: 1, after: $after) { totalCount } }
      worse: payment(id: "${encodeId('Customer', '1')}") @skip(if: true) { id }
    }`;
    const id = encodeId('Customer', actors.customer.actor.customerId);
    const whole = await ask(document, { id });
    expect(whole).toMatchObject({ ...PLANNED, data: { bad: { payments: { totalCount: expect.any(Number) } } } });
    const partly = await ask(document, { id: encodeId('Call', '1') });
    expect(partly).toMatchObject({ ...refused(['id']), data: { good: whole.data.good, bad: null } });
    expect(partly.errors![0]!.path).toEqual(['bad']);
    const deeper = await ask(document, { id, after: 'junk' });
    expect(deeper).toMatchObject({ ...refused(['after']), data: { good: whole.data.good, bad: null } });
    expect(deeper.errors![0]!.path).toEqual(['bad', 'payments']);
    expect(await ask(document, { id })).toEqual(whole);
  });

  it('as null where there must be something is told at its field, and a value after it is answered', async () => {
    const document = `query ($direction: OrderDirection, $id: ID = "${encodeId('Call', '1')}") {
      tariffs(first: 1) { nodes { name } }
      call(id: $id) { id callers: caller { customer { contracts(first: 1, orderBy: { field: NUMBER, direction: $direction }) { totalCount } } } }
    }`;
    const whole = await ask(document);
    expect(whole).toMatchObject(PLANNED);
    const answer = await ask(document, { id: null });
    expect(answer.planned).toBe(false);
    expect(answer.data).toEqual({ ...whole.data, call: null });
    expect(answer.errors).toMatchObject([{ path: ['call'], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect((await ask(document, { direction: null })).planned).toBe(false);
    expect(await ask(document, { direction: 'DESC' })).toMatchObject(PLANNED);
    expect(await ask(document)).toEqual(whole);
  });
});

describe('a field that is shown to some', () => {
  it('takes arguments of each request', async () => {
    const document = `query ($after: String, $first: Int, $id: ID!) {
      userGroup(id: $id) { users(first: $first, after: $after) { totalCount pageInfo { endCursor } nodes { id name } } }
    }`;
    for (const name of ['A', 'B', 'C']) {
      await signInUser(product.database, { role: 'operator', groupId: actors.groupId, lastName: name });
    }
    const id = encodeId('UserGroup', actors.groupId);
    for (const who of [actors.admin, actors.supervisor]) {
      const seen: string[] = [];
      let after: string | null = null;
      for (let i = 0; i < 2; i += 1) {
        const answer = await ask(document, { id, first: 2, after }, who);
        expect(answer).toMatchObject(PLANNED);
        const { users } = answer.data.userGroup;
        expect(users.nodes).toHaveLength(2);
        seen.push(...users.nodes.map((user: { id: string }) => user.id));
        after = users.pageInfo.endCursor;
      }
      expect(new Set(seen).size).toBe(4);
    }
    expect(await ask(document, { id, first: 2 }, actors.operator)).toMatchObject({
      ...PLANNED,
      data: { userGroup: { users: null } },
    });
  });
});

describe('the last page', () => {
  it('begins and ends with the cursors of its own rows', async () => {
    const { data, ...answer } = await ask(
      `{ contracts(last: 3, orderBy: { field: NUMBER }) {
        pageInfo { startCursor endCursor hasPreviousPage hasNextPage } edges { cursor node { number } } } }`,
    );
    expect(answer).toMatchObject(PLANNED);
    const { pageInfo, edges } = data.contracts;
    const cursors = edges.map(({ cursor }: { cursor: string }) => cursor);
    expect(pageInfo).toEqual({
      startCursor: cursors[0],
      endCursor: cursors[2],
      hasPreviousPage: true,
      hasNextPage: false,
    });
  });
});
