import { z } from 'zod';

// A null character is no text to PostgreSQL; the other control characters have no place in a line.
const CONTROL = /\p{Cc}/u;

// PostgreSQL has no half of a surrogate pair: the driver would put U+FFFD for each, so that different texts became one.
const ILL_FORMED = 'must not have half of a surrogate pair';

/** Whether a text can be kept as one line: without control characters and halves of surrogate pairs. */
export function isLine(text: string): boolean {
  return text.isWellFormed() && !CONTROL.test(text);
}

/** One line of text in an input, trimmed, with something in it. */
export function lineInput(longest = 200) {
  return z
    .string('must be text')
    .trim()
    .min(1, 'must not be empty')
    .max(longest, `must have at most ${longest} characters`)
    .refine((text) => !CONTROL.test(text), 'must be one line without control characters')
    .refine((text) => text.isWellFormed(), ILL_FORMED);
}

/** Text of several lines in an input; it may be empty. */
export function textInput(longest: number) {
  return z
    .string('must be text')
    .trim()
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

/** An e-mail address in an input, trimmed. */
export const emailInput = z
  .string('must be an e-mail address')
  .trim()
  .pipe(z.email('must be an e-mail address').max(254));
