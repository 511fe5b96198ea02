import { z } from 'zod';

// A null character is no text to PostgreSQL; the other control characters have no place in a line.
const CONTROL = /\p{Cc}/u;

/** One line of text in an input, trimmed, with something in it. */
export function lineInput(longest = 200) {
  return z
    .string('must be text')
    .trim()
    .min(1, 'must not be empty')
    .max(longest, `must have at most ${longest} characters`)
    .refine((text) => !CONTROL.test(text), 'must be one line without control characters');
}

/** Text of several lines in an input; it may be empty. */
export function textInput(longest: number) {
  return z
    .string('must be text')
    .trim()
    .max(longest, `must have at most ${longest} characters`)
    .refine((text) => !CONTROL.test(text.replace(/[\n\r\t]/g, '')), 'must not have control characters');
}

/** An e-mail address in an input, trimmed. */
export const emailInput = z
  .string('must be an e-mail address')
  .trim()
  .pipe(z.email('must be an e-mail address').max(254));
