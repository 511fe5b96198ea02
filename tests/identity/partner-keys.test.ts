import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors } from '../support/sign-ins.js';

const CREATE = `mutation ($input: CreatePartnerKeyInput!) {
  createPartnerKey(input: $input) { partnerKey { id name scopes revokedAt } secret errors { code message path } } }`;
const REVOKE = `mutation ($input: RevokePartnerKeyInput!) {
  revokePartnerKey(input: $input) { partnerKey { id revokedAt } errors { code message path } } }`;

let product: Product;
let actors: Actors;

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
});
afterAll(() => product.stop());

const create = (input: object, token = actors.admin.token) => product.graphql(CREATE, { input }, token);

describe('a partner’s key', () => {
  test('is shown once, kept as a hash, and good until it is revoked', async () => {
    const { data } = await create({ name: 'Shop', scopes: ['customers:read', 'customers:read', 'reports:read'] });
    const { partnerKey, secret, errors } = data.createPartnerKey;
    expect(errors).toEqual([]);
    expect(partnerKey).toMatchObject({ name: 'Shop', scopes: ['customers:read', 'reports:read'], revokedAt: null });
    const kept = await product.database.rows(sql<object>`select * from partner_key where name = 'Shop'`);
    expect(JSON.stringify(kept)).not.toContain(secret);

    const asPartner = () => product.graphql('{ customers { totalCount } }', {}, secret);
    expect((await asPartner()).errors).toBeUndefined();
    const revoke = async () =>
      (await product.graphql(REVOKE, { input: { partnerKeyId: partnerKey.id } }, actors.admin.token)).data;
    const { revokePartnerKey: revoked } = await revoke();
    expect(revoked.partnerKey.revokedAt).not.toBeNull();
    expect((await asPartner()).errors![0]).toMatchObject({
      message: 'The partner key has been revoked.',
      extensions: { code: 'UNAUTHENTICATED' },
    });
    expect((await revoke()).revokePartnerKey).toEqual(revoked);
  });

  test('is refused without a name, without a scope, and with one that there is not', async () => {
    const { data } = await create({ name: ' ', scopes: [] });
    expect(data.createPartnerKey.errors.map(({ path }: { path: string[] }) => path)).toEqual([
      ['input', 'name'],
      ['input', 'scopes'],
    ]);
    for (const name of ['Shop\u0000', '\ud800 shop']) {
      const { data: unkept } = await create({ name, scopes: ['calls:read'] });
      expect(unkept.createPartnerKey.errors).toMatchObject([{ code: 'BAD_USER_INPUT', path: ['input', 'name'] }]);
    }
    const { data: unknown } = await create({ name: 'Shop', scopes: ['calls:read', 'everything'] });
    expect(unknown.createPartnerKey).toMatchObject({
      partnerKey: null,
      secret: null,
      errors: [{ code: 'BAD_USER_INPUT', path: ['input', 'scopes', '1'] }],
    });
  });

  test('is made and revoked by nobody but an admin', async () => {
    for (const { token } of [actors.supervisor, actors.operator, actors.customer, actors.partner]) {
      const { errors } = await create({ name: 'Shop', scopes: ['calls:read'] }, token);
      expect(errors![0]!.extensions.code).toBe('FORBIDDEN');
    }
  });

  test('that there is not cannot be revoked', async () => {
    const partnerKeyId = Buffer.from('PartnerKey:999999').toString('base64url');
    const { data } = await product.graphql(REVOKE, { input: { partnerKeyId } }, actors.admin.token);
    expect(data.revokePartnerKey.errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'partnerKeyId'] }]);
  });

  test('has no session to sign out of and no password to change', async () => {
    const { token } = actors.partner;
    const { errors } = await product.graphql('mutation { signOut { endedSessions } }', {}, token);
    expect(errors![0]!.extensions.code).toBe('FORBIDDEN');
    const { errors: change } = await product.graphql(
      'mutation { changePassword(input: { currentPassword: "a", newPassword: "another one" }) { endedSessions } }',
      {},
      token,
    );
    expect(change![0]!.extensions.code).toBe('FORBIDDEN');
  });
});
