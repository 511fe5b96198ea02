import { z } from 'zod';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuseInput } from '../shared/errors/refusal.js';
import type { RegisterOperator } from './register-operator.js';

const FIELDS = ['alias', 'fullName', 'email', 'phone', 'maxLoad', 'schedule'] as const;

const anything = z.unknown();
const schema = z.array(
  z.strictObject(
    Object.fromEntries(FIELDS.map((field) => [field, anything.optional()])) as Record<
      (typeof FIELDS)[number],
      z.ZodOptional<z.ZodUnknown>
    >,
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys'
          ? `has what no operator has: ${issue.keys.join(', ')}`
          : 'must be an operator',
    },
  ),
  'This file is no list of operators.',
);

/**
 * Reads a file of operators: a JSON list whose members are what `registerOperator` takes, without `validFrom`. What
 * the fields hold is checked when a member is registered.
 *
 * @param json the file's text
 * @throws Refusal with BAD_USER_INPUT on the path of the member, or on `file` where it is no JSON
 */
export function readOperators(json: string): Omit<RegisterOperator, 'validFrom'>[] {
  return parseInput(schema, parse(json), []) as Omit<RegisterOperator, 'validFrom'>[];
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch {
    throw refuseInput(['file'], 'This file is no JSON.');
  }
}
