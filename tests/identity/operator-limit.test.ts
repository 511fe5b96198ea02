import { sql } from 'kysely';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, type SignedIn, signInUser } from '../support/sign-ins.js';

const LIMIT = `mutation ($input: ChangeOperatorLimitInput!) {
  changeOperatorLimit(input: $input) { operator { maxLoad } errors { code path } } }`;
const PATH = ['input', 'operatorId'];

let product: Product;
let actors: Actors;

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
});
afterAll(() => product?.stop());

const idOf = (who: 'operator' | 'otherOperator') => encodeId('Operator', actors[who].actor.operatorId!);
const limit = (operatorId: string, maxLoad: number, { token }: SignedIn<never> | { token: string }) =>
  product.graphql(LIMIT, { input: { operatorId, maxLoad } }, token);
const answer = async (operatorId: string, maxLoad: number, who: { token: string }) =>
  (await limit(operatorId, maxLoad, who)).data?.changeOperatorLimit;

const stateOf = async (who: 'operator' | 'otherOperator') => {
  const [row] = await product.database.rows(sql<{ max_load: number; version: number }>`
    select max_load, version from operator where id = ${actors[who].actor.operatorId}`);
  return row!;
};

describe('the limit of an operator', () => {
  it('is changed by an admin, of anybody', async () => {
    const { version } = await stateOf('otherOperator');
    expect(await answer(idOf('otherOperator'), 7, actors.admin)).toEqual({ operator: { maxLoad: 7 }, errors: [] });
    expect(await stateOf('otherOperator')).toEqual({ max_load: 7, version: version + 1 });
    expect(await answer(idOf('otherOperator'), 7, actors.admin)).toEqual({ operator: { maxLoad: 7 }, errors: [] });
    expect(await stateOf('otherOperator')).toEqual({ max_load: 7, version: version + 1 });
  });

  it('is changed by a supervisor of those in their groups, and of nobody else', async () => {
    expect(await answer(idOf('operator'), 9, actors.supervisor)).toEqual({ operator: { maxLoad: 9 }, errors: [] });
    const before = await stateOf('otherOperator');
    const { data, errors } = await limit(idOf('otherOperator'), 9, actors.supervisor);
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', path: PATH } }]);
    const stranger = await signInUser(product.database, { role: 'supervisor' });
    expect((await limit(idOf('operator'), 1, stranger)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(await stateOf('otherOperator')).toEqual(before);
  });

  it('is of nobody for who sees no operators, though they may change limits', async () => {
    await product.database.rows(sql`insert into role (name, permissions) values ('clerk', '{weights.change-groups}')`);
    const supervises = [actors.groupId];
    const clerk = await signInUser(product.database, { role: 'supervisor', supervises });
    await product.database.rows(sql`
      update app_user set role_id = (select id from role where name = 'clerk') where id = ${clerk.actor.userId}`);
    product.server.house.authenticator.forget();
    expect(await answer(idOf('operator'), 3, clerk)).toEqual({
      operator: null,
      errors: [{ code: 'NOT_FOUND', path: PATH }],
    });
  });

  it('is a whole number from 0 to 10,000, of an operator who is there', async () => {
    const wrong = { operator: null, errors: [{ code: 'BAD_USER_INPUT', path: ['input', 'maxLoad'] }] };
    for (const maxLoad of [-1, 10_001]) expect(await answer(idOf('operator'), maxLoad, actors.admin)).toEqual(wrong);
    for (const maxLoad of [0, 10_000]) {
      expect(await answer(idOf('operator'), maxLoad, actors.admin)).toEqual({ operator: { maxLoad }, errors: [] });
    }
    expect(await answer(encodeId('Operator', '999999'), 1, actors.supervisor)).toEqual({
      operator: null,
      errors: [{ code: 'NOT_FOUND', path: PATH }],
    });
    expect(await answer(encodeId('User', '1'), 1, actors.admin)).toMatchObject({
      errors: [{ code: 'BAD_USER_INPUT' }],
    });
  });

  it('stands in the operator’s history, for who answers for them', async () => {
    await answer(idOf('operator'), 20, actors.supervisor);
    await answer(idOf('operator'), 21, actors.supervisor);
    const { data } = await product.graphql(
      `query ($id: ID!) { operator(id: $id) { history(first: 1) {
        nodes { kind actor { user { id } } changes { field before after } } } } }`,
      { id: idOf('operator') },
      actors.supervisor.token,
    );
    expect(data.operator.history.nodes).toEqual([
      {
        kind: 'OPERATOR_CHANGED',
        actor: { user: { id: encodeId('User', actors.supervisor.actor.userId) } },
        changes: [{ field: 'maxLoad', before: '20', after: '21' }],
      },
    ]);
  });
});
