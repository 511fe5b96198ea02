import { sql } from 'kysely';
import { hashPassword } from '../../src/services/identity/passwords.js';
import { type Product, startProduct } from '../support/product.js';
import { createUser } from '../support/sign-ins.js';

const EMAIL = 'somebody@test.example';
const PASSWORD = 'right horse battery';

let product: Product | undefined;
afterEach(async () => {
  await product?.stop();
  product = undefined;
});

async function start(env: NodeJS.ProcessEnv): Promise<Product> {
  product = await startProduct({ env });
  await createUser(product.database, { role: 'operator', email: EMAIL, passwordHash: await hashPassword(PASSWORD) });
  return product;
}

/** Signs in through whoever forwards it; @returns the codes of what was refused */
async function signIn({ url }: Product, forwarded: string): Promise<string[]> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': forwarded },
    body: JSON.stringify({
      query: 'mutation ($input: SignInInput!) { signIn(input: $input) { errors { code } } }',
      variables: { input: { email: EMAIL, password: PASSWORD } },
    }),
  });
  const { data } = (await response.json()) as { data: { signIn: { errors: { code: string }[] } } };
  return data.signIn.errors.map(({ code }) => code);
}

/** The address of the last sign-in, in the history. */
async function recorded({ database }: Product): Promise<string> {
  const [row] = await database.rows(sql<{ address: string }>`
    select client_address as address from change_record where kind = 'USER_SIGNED_IN' order by id desc limit 1`);
  return row!.address;
}

describe('the address that a request came from', () => {
  it('is whoever connects, whatever a header says, where nobody is trusted', async () => {
    const started = await start({ PASSWORD_CHECKS_PER_MINUTE: '1' });
    expect(await signIn(started, '192.0.2.1')).toEqual([]);
    expect(await recorded(started)).toContain('127.0.0.1');
    // Nor does another header bring another budget of passwords.
    expect(await signIn(started, '192.0.2.2')).toEqual(['RATE_LIMITED']);
  });

  it('is what a trusted proxy says, in the history and for the budget of passwords', async () => {
    const started = await start({ TRUST_PROXY: '127.0.0.0/8,::1', PASSWORD_CHECKS_PER_MINUTE: '1' });
    expect(await signIn(started, '192.0.2.1')).toEqual([]);
    expect(await recorded(started)).toBe('192.0.2.1');
    expect(await signIn(started, '192.0.2.1')).toEqual(['RATE_LIMITED']);
    // What the client put before the proxy's word is not believed.
    expect(await signIn(started, '127.9.9.9, 198.51.100.7, 192.0.2.2')).toEqual([]);
    expect(await recorded(started)).toBe('192.0.2.2');
  });

  it('is not what a proxy says that is not among the trusted', async () => {
    const started = await start({ TRUST_PROXY: '10.0.0.0/8' });
    await signIn(started, '192.0.2.1');
    expect(await recorded(started)).toContain('127.0.0.1');
  });

  it.each([
    ['1', '198.51.100.7'],
    ['2', '192.0.2.2'],
  ])('is counted back over TRUST_PROXY=%s proxies', async (TRUST_PROXY, address) => {
    const started = await start({ TRUST_PROXY });
    await signIn(started, '203.0.113.9, 192.0.2.2, 198.51.100.7');
    expect(await recorded(started)).toBe(address);
  });
});
