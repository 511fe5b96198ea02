import type { FormattedExecutionResult } from 'graphql';
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

/** Writes an answer as JSON. */
export function stringifyAnswer(result: FormattedExecutionResult): string {
  const { data, extensions } = result;
  if (!(data instanceof ReadyData)) return `${JSON.stringify(result)}\n`;
  const told = extensions instanceof OperationExtensions ? extensions.text : extensions && JSON.stringify(extensions);
  return told === undefined ? `{"data":${data.text}}\n` : `{"data":${data.text},"extensions":${told}}\n`;
}
