import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors } from '../support/sign-ins.js';

const REGISTER = `mutation ($input: RegisterInquiryInput!) {
  registerInquiry(input: $input) { inquiry { id status } errors { code path } } }`;
const CREATE = `mutation ($input: CreateSourceInput!) { createSource(input: $input) { source { id } errors { code } } }`;

let product: Product;
let actors: Actors;

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
});
afterAll(() => product.stop());

const register = async (input: object) =>
  (await product.graphql(REGISTER, { input }, actors.partner.token)).data.registerInquiry;

describe('an inquiry that is sent again with its key', () => {
  it('is registered when it was refused before', async () => {
    const input = { source: 'Later', externalId: 'x1', idempotencyKey: 'k1' };
    expect(await register(input)).toEqual({
      inquiry: null,
      errors: [{ code: 'NOT_FOUND', path: ['input', 'source'] }],
    });
    await product.graphql(CREATE, { input: { name: 'Later' } }, actors.admin.token);
    expect(await register(input)).toMatchObject({ inquiry: { status: 'ACTIVE' }, errors: [] });
  });

  it('gives what it gave, and nothing for another input', async () => {
    await product.graphql(CREATE, { input: { name: 'Twice' } }, actors.admin.token);
    const input = { source: 'Twice', phone: '8(900) 111-22-33', idempotencyKey: 'k2' };
    const first = await register(input);
    expect(await register({ ...input, name: null })).toEqual(first);
    expect(await register({ ...input, name: 'Анна' })).toEqual({
      inquiry: null,
      errors: [{ code: 'IDEMPOTENCY_MISMATCH', path: ['input', 'idempotencyKey'] }],
    });
  });

  it('is registered once by twenty at once', async () => {
    const input = { source: 'Twice', email: 'Anna@Test.example', idempotencyKey: 'k3' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => register(input)));
    expect(new Set(answers.map(({ inquiry }) => inquiry.id)).size).toBe(1);
  });
});
