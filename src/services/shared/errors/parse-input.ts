import type { z } from 'zod';
import { ErrorCode } from './error-code.js';
import { Refusal, type UserError } from './refusal.js';

/** The faults that a schema finds, as errors of the input. */
function faultsOf(error: z.ZodError, under: readonly string[]): UserError[] {
  return error.issues.map((issue) => ({
    code: ErrorCode.BAD_USER_INPUT,
    message: issue.message,
    path: [...under, ...issue.path.map(String)],
  }));
}

/**
 * Reads a use case's input by its schema: every fault at once, each with its path below `under`.
 *
 * @throws Refusal with code BAD_USER_INPUT
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  under: readonly string[] = ['input'],
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new Refusal(faultsOf(parsed.error, under) as [UserError, ...UserError[]]);
}
