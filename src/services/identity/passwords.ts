import { hash, verify } from '@node-rs/argon2';
import { z } from 'zod';

const LEAST_LENGTH = 8;
const LONGEST = 200;

/** A hash that no password has, of the same cost as any: what is checked where there is no login. */
const NOBODYS = hash(`nobody ${Math.random()}`);

/** A password that somebody chooses. */
export const newPasswordInput = z
  .string('must be text')
  .min(LEAST_LENGTH, `must have at least ${LEAST_LENGTH} characters`)
  .max(LONGEST, `must have at most ${LONGEST} characters`);

/** A password that somebody claims to have. */
export const claimedPasswordInput = z
  .string('must be text')
  .min(1, 'must not be empty')
  .max(LONGEST, `must have at most ${LONGEST} characters`);

/** What of a password is kept: argon2id (19 MiB, two passes), with a salt of its own. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password);
}

/**
 * Whether a password is the one that a hash was made of.
 *
 * Without a hash it takes the same time and is wrong, so that the time tells nobody which e-mails are known.
 */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const right = await verify(passwordHash ?? (await NOBODYS), password);
  return right && passwordHash !== null;
}
