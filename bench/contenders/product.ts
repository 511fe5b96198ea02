import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { PASSWORD, SIGN_INS } from '../dataset/sign-ins.ts';
import { ask } from '../shared/ask.ts';
import { DATA, PRODUCT } from '../shared/places.ts';
import { startFlags } from '../shared/start-flags.ts';
import { type Running, startProcess } from './start-process.ts';

/** Who of the dataset's sign-ins asks. */
export type Who = keyof typeof SIGN_INS;

/** Starts the product as in production, on a database that is there. */
export function startProduct(databaseUrl: string, poolSize: number): Promise<Running> {
  return startProcess(
    [...startFlags(), join(PRODUCT, 'dist/main.js')],
    {
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      DATABASE_POOL_SIZE: String(poolSize),
      DATA_DIR: join(DATA, 'product'),
      JWT_SECRET: randomBytes(32).toString('hex'),
      DEMO: '0',
      PORT: '0',
      LOG_LEVEL: 'warn',
      TIME_ZONE: 'Europe/Moscow',
      CURRENCY: 'RUB',
    },
    PRODUCT,
  );
}

/** Signs in; the access token that comes lives a quarter of an hour. */
export async function signIn(url: string, who: Who): Promise<string> {
  const query = `mutation ($input: SignInInput!) {
    signIn(input: $input) { session { accessToken } failures: errors { message } }
  }`;
  const variables = { input: { email: SIGN_INS[who], password: PASSWORD } };
  const { data } = await ask({ url, headers: {} }, JSON.stringify({ query, variables }));
  const { session } = data.signIn as { session: { accessToken: string } | null };
  if (!session) throw new Error(`${SIGN_INS[who]} could not sign in: ${JSON.stringify(data)}`);
  return session.accessToken;
}
