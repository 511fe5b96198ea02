import { sql } from 'kysely';
import { z } from 'zod';
import { CustomerStatus } from '../../entities/customers/customer-status.enum.js';
import type { Database } from '../shared/database/database.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { Refusal, refuse } from '../shared/errors/refusal.js';
import { readEmail } from '../shared/text/email-address.js';
import { comeOnline } from './follow-sessions.js';
import { type LoginOwner, signedIn } from './identity.events.js';
import { type OpenedSession, openSession } from './open-session.js';
import { claimedPasswordInput } from './passwords.js';
import { type PasswordProof, provePassword, settleAttempt } from './prove-password.js';

/** What somebody signs in with. */
export interface SignIn {
  /** Whatever its case. */
  readonly email: string;
  readonly password: string;
}

const schema = z.object({
  email: z
    .string('must be text')
    .overwrite(readEmail)
    .min(1, 'must not be empty')
    .max(254, 'must have at most 254 characters'),
  password: claimedPasswordInput,
});

/** The same words whether the e-mail is unknown, the password wrong, or an invitation still open. */
const WRONG = refuse(ErrorCode.UNAUTHENTICATED, 'The e-mail or the password is wrong.', ['input']);

/**
 * The first half of signing in, before the transaction: checks the password.
 *
 * @throws Refusal with BAD_USER_INPUT, or RATE_LIMITED while the e-mail is locked
 */
export async function checkSignIn(database: Database, input: SignIn): Promise<PasswordProof> {
  const { email, password } = parseInput(schema, input);
  return provePassword(database, email, password, database.clock.now());
}

/**
 * The second half of signing in: counts the attempt and, with the right password, begins a session.
 *
 * @returns a refusal with UNAUTHENTICATED or RATE_LIMITED, whose count of failures is to be kept
 */
export async function signIn(work: Work, proof: PasswordProof): Promise<OpenedSession | Refusal> {
  const refused = await settleAttempt(work, proof, WRONG);
  if (refused) return refused;
  const loginId = proof.loginId!;
  const owner = await ownerOf(work, loginId);
  if (owner instanceof Refusal) return owner;
  await work.record([signedIn(owner)]);
  if (owner.kind === 'user') await comeOnline(work, owner.id);
  return openSession(work, { loginId, kind: owner.kind }, work.now);
}

interface OwnerRow {
  user_id: string | null;
  customer_id: string | null;
  active: boolean | null;
  customer_status: CustomerStatus | null;
}

/**
 * Whose login it is; a refusal when its owner may not sign in.
 *
 * A customer who is `BLOCKED` signs in on purpose: to see what is owed, and to pay it. One who is `CLOSED` does not.
 */
export async function ownerOf(work: Work, loginId: string): Promise<LoginOwner | Refusal> {
  const [owner] = await work.rows(sql<OwnerRow>`
    select l.user_id, l.customer_id, u.active, c.status as customer_status from login l
    left join app_user u on u.id = l.user_id left join customer c on c.id = l.customer_id
    where l.id = ${loginId}`);
  if (owner?.customer_status === CustomerStatus.CLOSED) {
    return refuse(ErrorCode.UNAUTHENTICATED, 'This customer is not served any more.', ['input']);
  }
  if (owner?.customer_id) return { kind: 'customer', id: owner.customer_id };
  if (owner?.active) return { kind: 'user', id: owner.user_id! };
  return refuse(ErrorCode.UNAUTHENTICATED, 'This user is not active any more.', ['input']);
}
