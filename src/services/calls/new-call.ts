import { z } from 'zod';
import { CallStatus } from '../../entities/calls/call-status.enum.js';
import { lineInput } from '../shared/text/text-input.js';
import { writtenInstantInput } from '../shared/time/instant-input.js';
import { readCallNumber } from './call-number.js';

/** A call to take in, as a telephony system tells of it. */
export interface NewCall {
  /** The telephony system that carried it, and its id there: the same two twice are one call. */
  readonly exchange: string;
  readonly externalId: string;
  /** In any usual form; a short internal number is kept as it is. */
  readonly caller: string;
  readonly called: string;
  readonly status: CallStatus;
  /** Where it was passed on to; with `REDIRECTED`, and with nothing else. */
  readonly redirectedTo?: string | null | undefined;
  /** An instant, also written out in ISO 8601. */
  readonly startedAt: Date | string;
  /** Only of a call that was answered. */
  readonly answeredAt?: Date | string | null | undefined;
  readonly endedAt?: Date | string | null | undefined;
  /** Seconds spoken; zero unless the call was answered. */
  readonly durationSeconds: number;
}

/** A call that has been read: well-formed, its numbers in one form. */
export interface ReadCall {
  readonly exchange: string;
  readonly externalId: string;
  /** E.164, or the digits of a short number. */
  readonly caller: string;
  readonly called: string;
  readonly status: CallStatus;
  readonly redirectedTo: string | null;
  readonly startedAt: Date;
  readonly answeredAt: Date | null;
  readonly endedAt: Date | null;
  readonly durationSeconds: number;
}

const DAY_MS = 86_400_000;
const LONGEST_CALL_SECONDS = 86_400;

/** Whether a call was answered: only such a one has a duration and charges. */
export function isAnswered(status: CallStatus): boolean {
  return status === CallStatus.COMPLETED || status === CallStatus.REDIRECTED;
}

/** A number of a call in an input; what was read once is remembered, since a batch names the same numbers often. */
function callNumberInput() {
  const known = new Map<string, string | undefined>();
  return z.string('must be a phone number').transform((text, issues) => {
    if (!known.has(text)) known.set(text, readCallNumber(text));
    const number = known.get(text);
    if (number) return number;
    issues.addIssue({ code: 'custom', message: 'must be a phone number, or an internal one of 2 to 6 digits' });
    return z.NEVER;
  });
}

/** What is wrong with the fields taken together; each fault with its field. */
function* contradictionsIn(call: ReadCall): Generator<[keyof ReadCall, string]> {
  const { status, startedAt, answeredAt, endedAt } = call;
  const redirected = status === CallStatus.REDIRECTED;
  if (redirected && call.redirectedTo === null) yield ['redirectedTo', 'must say where a redirected call went'];
  if (!redirected && call.redirectedTo !== null) yield ['redirectedTo', 'must be left out unless it was redirected'];
  if (!isAnswered(status)) {
    if (call.durationSeconds > 0) yield ['durationSeconds', 'must be 0 for a call that was not answered'];
    if (answeredAt) yield ['answeredAt', 'must be left out for a call that was not answered'];
  }
  if (answeredAt && answeredAt < startedAt) yield ['answeredAt', 'must not be before the start'];
  if (endedAt && endedAt < (answeredAt ?? startedAt)) {
    yield ['endedAt', `must not be before the ${answeredAt ? 'answer' : 'start'}`];
  }
}

/**
 * The schema by which calls of one batch are read into `ReadCall`s.
 *
 * @param now exchanges' clocks may be ahead of it by a day at most
 */
export function callSchema(now: Date) {
  const number = callNumberInput();
  const instant = writtenInstantInput(new Date(now.getTime() + DAY_MS));
  const orNull = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? null);
  return z
    .object({
      exchange: lineInput(100),
      externalId: lineInput(200),
      caller: number,
      called: number,
      status: z.enum(CallStatus, 'must be a status of a call'),
      redirectedTo: orNull(number),
      startedAt: instant,
      answeredAt: orNull(instant),
      endedAt: orNull(instant),
      durationSeconds: z
        .int('must be a whole number of seconds')
        .min(0, 'must not be negative')
        .max(LONGEST_CALL_SECONDS, 'must be at most a day'),
    })
    .superRefine((call, issues) => {
      for (const [field, message] of contradictionsIn(call as ReadCall)) {
        issues.addIssue({ code: 'custom', path: [field], message });
      }
    });
}
