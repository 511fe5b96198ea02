import { ErrorCode } from '../../services/shared/errors/error-code.js';
import { type Refusal, refuse } from '../../services/shared/errors/refusal.js';

/** What an operation asks for, as far as its document tells. */
export interface OperationShape {
  /** Levels of fields; what introspection asks for counts as one, graphql-js bounds how deep that goes. */
  readonly depth: number;
  /** Fields of its widest selection set, those of fragments included. */
  readonly breadth: number;
  /** Fields of all its selection sets, those of a fragment once for each time it is spread. */
  readonly fields: number;
  /** Fields of its document that carry an alias. */
  readonly aliases: number;
  /** Answers at its root. */
  readonly rootFields: number;
  /** Answers at its root that are of the same field, of the field that it asks for most often. */
  readonly repeats: number;
}

/** What an operation asks for. */
export interface OperationSize extends OperationShape {
  /** Objects that it could return, page sizes multiplied through. */
  readonly cost: number;
}

/** The most that an operation may ask for; each bounds the figure of its name. */
export interface OperationLimits extends OperationSize {
  /** Lexical tokens of a document, comments included; one that has more is not read to its end. */
  readonly tokens: number;
}

const WORDS: Readonly<Record<keyof OperationSize, (figure: number, limit: number) => string>> = {
  depth: (figure, limit) => `The operation is ${figure} levels deep; at most ${limit} are allowed.`,
  breadth: (figure, limit) => `A selection of the operation has ${figure} fields; at most ${limit} are allowed.`,
  fields: (figure, limit) => `The operation selects ${figure} fields, fragments put in; at most ${limit} are allowed.`,
  aliases: (figure, limit) => `The document has ${figure} aliases; at most ${limit} are allowed.`,
  rootFields: (figure, limit) => `The operation asks for ${figure} root fields; at most ${limit} are allowed.`,
  repeats: (figure, limit) => `The operation asks for one root field ${figure} times; at most ${limit} are allowed.`,
  cost: (figure, limit) =>
    `The operation could return ${figure} objects; at most ${limit} are allowed. Ask for smaller pages.`,
};
const NAMES = Object.keys(WORDS) as (keyof OperationSize)[];

/**
 * Why an operation is too large to run; a figure that is not there is not held against its limit.
 *
 * @returns undefined when it is not; else a refusal with LIMIT_EXCEEDED that says the figure and the limit
 */
export function excessOf(size: Partial<OperationSize>, limits: OperationLimits): Refusal | undefined {
  for (const name of NAMES) {
    const figure = size[name];
    if (figure !== undefined && figure > limits[name]) {
      return refuse(ErrorCode.LIMIT_EXCEEDED, WORDS[name](figure, limits[name]));
    }
  }
  return undefined;
}
