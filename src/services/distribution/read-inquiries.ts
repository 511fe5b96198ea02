import { ErrorCode } from '../shared/errors/error-code.js';
import { refuseInput } from '../shared/errors/refusal.js';
import { decodeText } from '../shared/text/decode-text.js';
import { readLines } from '../shared/text/read-lines.js';
import type { RegisterInquiryInput } from './register-inquiry.js';

/** What is wrong with a line of a file of inquiries. */
export interface InquiryFault {
  /** The field at fault; empty where it is the line as a whole. */
  readonly column: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** A line of the file, by its number: an inquiry whose fields are still to be checked, or why it is none. */
export type InquiryLine =
  | { readonly line: number; readonly inquiry: RegisterInquiryInput }
  | { readonly line: number; readonly faults: readonly InquiryFault[] };

const FIELDS: Readonly<Record<keyof RegisterInquiryInput, true>> = {
  source: true,
  externalId: true,
  phone: true,
  email: true,
  name: true,
  message: true,
  priority: true,
  skills: true,
  idempotencyKey: true,
};

/** An inquiry with the longest message, each character of it written as `\u0000`, is shorter. */
const LONGEST_LINE = 131_072;

const fault = (column: string, message: string): InquiryFault => ({ column, code: ErrorCode.BAD_USER_INPUT, message });

/**
 * Reads a file of inquiries line by line: each is a JSON object that has what `registerInquiry` takes, in UTF-8, with a byte
 * order mark or without. Empty lines are passed over.
 *
 * @throws Refusal with BAD_USER_INPUT on the path `file` where the file is no text, or no line of it is an object
 */
export async function* readInquiries(content: AsyncIterable<Uint8Array>): AsyncGenerator<InquiryLine> {
  let lines = 0;
  let objects = 0;
  for await (const { line, text } of readLines(decodeText(content), LONGEST_LINE)) {
    if (text?.trim() === '') continue;
    lines += 1;
    const object = text === undefined ? undefined : objectIn(text);
    if (object) {
      objects += 1;
      yield { line, ...inquiryIn(object) };
    } else {
      const message = text === undefined ? `must have at most ${LONGEST_LINE} characters` : 'must be a JSON object';
      yield { line, faults: [fault('', message)] };
    }
  }
  if (lines > 0 && objects === 0) {
    throw refuseInput(['file'], 'This is no file of inquiries: no line of it is a JSON object.');
  }
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function inquiryIn(
  object: Readonly<Record<string, unknown>>,
): { readonly inquiry: RegisterInquiryInput } | { readonly faults: readonly InquiryFault[] } {
  const faults = Object.keys(object)
    .filter((name) => !Object.hasOwn(FIELDS, name))
    .map((name) => fault(name, 'is nothing that an inquiry has'));
  if (typeof object.idempotencyKey !== 'string') {
    faults.push(fault('idempotencyKey', 'must be text: by it the inquiry is known when the file comes again'));
  }
  return faults.length > 0 ? { faults } : { inquiry: object as unknown as RegisterInquiryInput };
}
