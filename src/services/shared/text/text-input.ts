import { z } from 'zod';
import { isEmail, readEmail } from './email-address.js';
import { tidied } from './tidied.js';

// A null character is no text to PostgreSQL; the other control characters have no place in a line.
const CONTROL = /\p{Cc}/u;

// They turn round what is shown after them, also what belongs to no text of the sender’s.
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

// PostgreSQL has no half of a surrogate pair: the driver would put U+FFFD for each, so that different texts became one.
const ILL_FORMED = 'must not have half of a surrogate pair';

/** Whether a text can be kept as one line: without control characters and halves of surrogate pairs. */
export function isLine(text: string): boolean {
  return text.isWellFormed() && !CONTROL.test(text);
}

/** One line of text in an input, tidied, with something to see in it. */
export function lineInput(longest = 200) {
  return z
    .string('must be text')
    .overwrite(tidied)
    .min(1, 'must not be empty')
    .max(longest, `must have at most ${longest} characters`)
    .refine((text) => !CONTROL.test(text), 'must be one line without control characters')
    .refine((text) => text.search(TURNING) < 0, 'must not have characters that turn the direction of text')
    .refine((text) => text.isWellFormed(), ILL_FORMED);
}

/** Text of several lines in an input, tidied; it may be empty. What turns its direction is left out of it. */
export function textInput(longest: number) {
  return z
    .string('must be text')
    .overwrite((text) => tidied(text.replace(TURNING, '')))
    .max(longest, `must have at most ${longest} characters`)
    .refine((text) => !CONTROL.test(text.replace(/[\n\r\t]/g, '')), 'must not have control characters')
    .refine((text) => text.isWellFormed(), ILL_FORMED);
}

/** A secret text in an input, taken as it is. */
export function secretInput(longest: number, least = 1) {
  const tooShort = least === 1 ? 'must not be empty' : `must have at least ${least} characters`;
  return z
    .string('must be text')
    .min(least, tooShort)
    .max(longest, `must have at most ${longest} characters`)
    .refine((text) => text.isWellFormed(), ILL_FORMED);
}

/** An e-mail address in an input, with its domain as mail servers write it. */
export const emailInput = z
  .string('must be an e-mail address')
  .overwrite(readEmail)
  .refine(isEmail, { error: 'must be an e-mail address', abort: true })
  .max(254, 'must have at most 254 characters');
