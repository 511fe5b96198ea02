import { ErrorCode } from '../errors/error-code.js';
import { type Refusal, refuse } from '../errors/refusal.js';

/** The most bytes that the data of one answer may have, as JSON. */
export const MOST_ANSWER_BYTES = 32 * 1024 * 1024;
/** A character of UTF-16 takes as many bytes in UTF-8, at most. */
const WIDEST = 3;

/** SQLSTATE of a text that grew past what PostgreSQL holds; what Node says of one that grew past what it holds. */
const TOO_LARGE = new Set(['54000', 'ERR_STRING_TOO_LONG']);

/** Whether something failed because what it would have given is too large. */
export function isTooLarge(error: unknown): boolean {
  if (error instanceof RangeError && error.message === 'Invalid string length') return true;
  return TOO_LARGE.has((error as { code?: string } | null)?.code ?? '');
}

/** Whether an answer, as JSON text, is larger than one may be. */
export function isAnswerTooLarge(text: string): boolean {
  if (text.length * WIDEST <= MOST_ANSWER_BYTES) return false;
  return text.length > MOST_ANSWER_BYTES || Buffer.byteLength(text) > MOST_ANSWER_BYTES;
}

/** What is said instead of an answer that is too large. */
export function refuseAnswer(): Refusal {
  const most = `${MOST_ANSWER_BYTES / 1024 / 1024} MB`;
  return refuse(ErrorCode.LIMIT_EXCEEDED, `The answer would have more than ${most}. Ask for smaller pages.`);
}
