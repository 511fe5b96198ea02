import type { Client } from 'pg';
import { productModule } from '../shared/product-module.ts';

type Passwords = typeof import('../../src/services/identity/passwords.ts');

/** The password of both sign-ins. */
export const PASSWORD = 'bench of switchboard';

/** Who signs in to the product, by e-mail: an admin, and the operator who takes part in the most calls. */
export const SIGN_INS = { admin: 'admin@bench.example', operator: 'operator-1@bench.example' } as const;

/** The key of that operator's profile. */
export const OPERATOR_KEY = '1';

/** Gives both their passwords, in the place of invitations that they would accept. */
export async function givePasswords(client: Client): Promise<void> {
  const { hashPassword } = await productModule<Passwords>('services/identity/passwords.js');
  for (const email of Object.values(SIGN_INS)) {
    const { rowCount } = await client.query('update login set password_hash = $1 where email_key = $2', [
      await hashPassword(PASSWORD),
      email,
    ]);
    if (rowCount !== 1) throw new Error(`There is no login ${email}.`);
  }
}
