import { z } from 'zod';
import { ErrorCode } from './error-code.js';
import { Refusal, type UserError } from './refusal.js';

/** So many faults of an input are told; a list may have one for each of its entries. */
const MOST_FAULTS = 50;

/** The faults that a schema finds, as errors of the input. */
function faultsOf(error: z.core.$ZodError, under: readonly string[]): UserError[] {
  return error.issues.slice(0, MOST_FAULTS).map((issue) => ({
    code: ErrorCode.BAD_USER_INPUT,
    message: issue.message,
    path: [...under, ...issue.path.map(String)],
  }));
}

/**
 * Reads a use case's input by its schema: every fault at once, of very many the first ones, each with its path below
 * `under`.
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

/** What of an input could be read, and every fault of the rest. */
export interface Inspected<Shape extends z.ZodRawShape> {
  readonly values: { readonly [Field in keyof Shape]?: z.output<Shape[Field]> };
  readonly errors: readonly UserError[];
}

/**
 * Reads an input field by field, so that a use case can go on to check what is well-formed and give all faults at once.
 */
export function inspectInput<Shape extends z.ZodRawShape>(
  shape: Shape,
  input: object,
  under: readonly string[] = ['input'],
): Inspected<Shape> {
  const values: Record<string, unknown> = {};
  const errors: UserError[] = [];
  for (const [field, schema] of Object.entries(shape)) {
    const parsed = z.safeParse(schema, (input as Record<string, unknown>)[field]);
    if (parsed.success) values[field] = parsed.data;
    else errors.push(...faultsOf(parsed.error, [...under, field]));
  }
  return { values: values as Inspected<Shape>['values'], errors };
}
