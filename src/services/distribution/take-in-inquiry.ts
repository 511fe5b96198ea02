import { sql } from 'kysely';
import { z } from 'zod';
import { InquiryStatus } from '../../entities/distribution/inquiry-status.enum.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { Refusal, refuse, refuseInput, type UserError } from '../shared/errors/refusal.js';
import { encodeId } from '../shared/ids/global-id.js';
import type { Draws } from './draws.js';
import { holdOpenIntake, type IntakeSender } from './hold-open-intake.js';
import { registerInquiry } from './register-inquiry.js';

/** Of fields that are not known, so many are named. */
const MOST_NAMED = 20;
/** Headers have others too, which one sender writes otherwise than another. */
const ASCII = /^[\x20-\x7e]*$/;
const ID_HEADER = 'webhook-id';

/** Left out is the same as null, also where repeats are told. */
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? null);
const text = optional(z.string('must be text'));

/** What kind of value each field is; what the values may be, `registerInquiry` says. */
const FIELDS = {
  externalId: text,
  phone: text,
  email: text,
  name: text,
  message: text,
  priority: optional(z.number('must be a number')),
  skills: optional(z.array(z.string('must be text'), 'must be a list of texts')),
};
const schema = z.object(FIELDS, 'must be a JSON object');

/** What came to the HTTP intake of a source, signed with its secret. */
export interface ReceivedInquiry {
  readonly sender: IntakeSender;
  /** `webhook-id`: tells repeats. */
  readonly messageId: string;
  /** As JSON has it. */
  readonly body: unknown;
}

/** What became of it. */
export interface TakenInInquiry {
  readonly inquiry: {
    /** Global id. */
    readonly id: string;
    readonly status: InquiryStatus;
    /** Whether nobody has it yet. */
    readonly waiting: boolean;
  };
  /** Whether it was taken in before. */
  readonly repeated: boolean;
}

/**
 * Registers an inquiry that came over HTTP; a repeat with the same id and contents says what became of the first.
 *
 * @param draws what chance draws from
 * @throws Refusal as `registerInquiry`, with paths from the body's root; the id's is `webhook-id`; NOT_FOUND where what it
 *   is signed with holds no more
 */
export async function takeInInquiry(
  work: Work,
  { sender, messageId, body }: ReceivedInquiry,
  draws: Draws,
): Promise<TakenInInquiry> {
  if (!ASCII.test(messageId)) throw refuseInput([ID_HEADER], 'must have characters of ASCII only');
  refuseUnknown(body);
  const fields = parseInput(schema, body, []);
  await holdOpenIntake(work, sender);
  const source = encodeId('Source', sender.sourceId);
  const { inquiryId, repeated } = await registerInquiry(
    work,
    { ...fields, source, idempotencyKey: messageId },
    draws,
  ).catch((error: unknown) => {
    throw error instanceof Refusal ? new Refusal(error.errors.map(placed) as [UserError, ...UserError[]]) : error;
  });
  const [row] = await work.rows(sql<{ status: InquiryStatus; assigned: boolean }>`
    select status, operator_id is not null as assigned from inquiry where id = ${inquiryId}`);
  const { status, assigned } = row!;
  const waiting = status === InquiryStatus.ACTIVE && !assigned;
  return { inquiry: { id: encodeId('Inquiry', inquiryId), status, waiting }, repeated };
}

/** A field that is misspelt would otherwise be lost in silence. */
function refuseUnknown(body: unknown): void {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return;
  const unknown = Object.keys(body).filter((name) => !Object.hasOwn(FIELDS, name));
  const [first, ...rest] = unknown.slice(0, MOST_NAMED).map((name) => fault(name));
  if (first) throw new Refusal([first, ...rest]);
}

function fault(name: string): UserError {
  const [error] = refuse(ErrorCode.BAD_USER_INPUT, 'is no field of an inquiry', [name]).errors;
  return error;
}

/** An error with the path of what the sender gave. */
function placed({ path: [, field, ...rest], ...error }: UserError): UserError {
  const given = field === 'idempotencyKey' ? ID_HEADER : field;
  return { ...error, path: given === undefined ? [] : [given, ...rest] };
}
