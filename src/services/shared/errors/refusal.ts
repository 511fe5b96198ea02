import { ErrorCode } from './error-code.js';

/** One expected failure: what is wrong, with which field of the input, in words a person understands. */
export interface UserError {
  readonly code: ErrorCode;
  readonly message: string;
  /** From the input's root to the field at fault, list positions as digits; empty where it is the whole. */
  readonly path: readonly string[];
}

/**
 * An expected failure that ends a use case and rolls its transaction back.
 *
 * A mutation answers with it in its payload's `errors`; a query, and whatever concerns rights, as a GraphQL error.
 */
export class Refusal extends Error {
  constructor(readonly errors: readonly [UserError, ...UserError[]]) {
    super(errors.map((error) => error.message).join(' '));
  }

  get code(): ErrorCode {
    return this.errors[0].code;
  }
}

/** Makes a refusal with one error. */
export function refuse(code: ErrorCode, message: string, path: readonly string[] = []): Refusal {
  return new Refusal([{ code, message, path }]);
}

/** Makes a refusal because a field of the input is wrong. */
export function refuseInput(path: readonly string[], message: string): Refusal {
  return refuse(ErrorCode.BAD_USER_INPUT, message, path);
}

/** Whether a failure concerns who asks: such a one is thrown at the client, never put into a payload. */
export function concernsRights(refusal: Refusal): boolean {
  return refusal.code === ErrorCode.UNAUTHENTICATED || refusal.code === ErrorCode.FORBIDDEN;
}
