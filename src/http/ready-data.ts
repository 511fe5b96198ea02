import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { isAnswerTooLarge, isTooLarge, refuseAnswer } from '../services/shared/limits/answer-size.js';
import { OperationExtensions } from './documents/operation-extensions.js';

/** The data of an answer that is JSON text already; it is sent as it is. */
export class ReadyData {
  readonly [name: string]: unknown;

  constructor(readonly text: string) {}

  /** For who needs the data itself. */
  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}

/** Writes an answer as JSON; of one that is too large, that it is. */
export function stringifyAnswer(result: FormattedExecutionResult): string {
  const { data, extensions } = result;
  if (!(data instanceof ReadyData)) return `${textOf(result)}\n`;
  const told = extensions instanceof OperationExtensions ? extensions.text : extensions && JSON.stringify(extensions);
  return told === undefined ? `{"data":${data.text}}\n` : `{"data":${data.text},"extensions":${told}}\n`;
}

function textOf(result: FormattedExecutionResult): string {
  try {
    const text = JSON.stringify(result);
    if (!isAnswerTooLarge(text)) return text;
  } catch (error) {
    if (!isTooLarge(error)) throw error;
  }
  const [{ message, code, path }] = refuseAnswer().errors;
  const error: GraphQLFormattedError = { message, extensions: { code, path } };
  return JSON.stringify({ ...result, errors: [error], data: null });
}
