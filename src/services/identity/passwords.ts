import { hash, verify } from '@node-rs/argon2';
import { secretInput } from '../shared/text/text-input.js';
import { Turns } from './turns.js';

const LEAST_LENGTH = 8;
const LONGEST = 200;

/**
 * Argon2 runs on libuv's threads (four, unless set otherwise), which files and name resolution need too: two of them at
 * most. One takes some 30 ms, so that the last of those who wait comes on after about ten seconds.
 */
const turns = new Turns({ atOnce: 2, mostWaiting: 500 });

/** A hash that no password has, of the same cost as any: what is checked where there is no login. */
const NOBODYS = hash(`nobody ${Math.random()}`);

/** A password that somebody chooses. */
export const newPasswordInput = secretInput(LONGEST, LEAST_LENGTH);

/** A password that somebody claims to have. */
export const claimedPasswordInput = secretInput(LONGEST);

/**
 * What of a password is kept: argon2id (19 MiB, two passes), with a salt of its own.
 *
 * @throws Refusal with RATE_LIMITED when too many passwords wait to be worked on
 */
export async function hashPassword(password: string): Promise<string> {
  return turns.take(() => hash(password));
}

/**
 * Whether a password is the one that a hash was made of.
 *
 * Without a hash it takes the same time and is wrong, so that the time tells nobody which e-mails are known.
 *
 * @throws Refusal with RATE_LIMITED when too many passwords wait to be worked on
 */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const right = await turns.take(async () => verify(passwordHash ?? (await NOBODYS), password));
  return right && passwordHash !== null;
}
