import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';

const TOO_MANY_KINDS = refuse(
  ErrorCode.LIMIT_EXCEEDED,
  'Inquiries that ask for 100 different sets of skills wait in this source already. Ask for skills that these ask for, or for none.',
  ['input', 'skills'],
);

/** Puts into words that the database let no further kind of inquiry wait; another error is thrown as it is. */
export function tooManyKinds(error: { constraint?: string }): never {
  throw error.constraint === 'inquiry_kinds' ? TOO_MANY_KINDS : error;
}
