import { z } from 'zod';
import { decodeId } from '../shared/ids/global-id.js';
import { LONGEST_SOURCE_DESCRIPTION } from '../shared/limits/longest-texts.js';
import { amount } from '../shared/money/money.js';
import { lineInput, textInput } from '../shared/text/text-input.js';
import { priorityInput, skillsInput } from './inquiry.input.js';

const LONGEST_NAME = 100;
const MOST_SECONDS = 30 * 24 * 60 * 60;
const MOST_WEIGHT = '1000000';
const WEIGHT_DECIMALS = 6;
/** A number as JSON writes it, and no longer than any that could be meant. */
const DECIMAL = /^(?=.{1,60}$)-?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/;

const flag = z.boolean('must be true or false').nullish();
const seconds = z
  .int('must be a whole number')
  .min(1, 'must be at least 1')
  .max(MOST_SECONDS, `must be at most ${MOST_SECONDS}, which is 30 days`)
  .nullish();

/** A source’s name in an input; an inquiry names its source by either, so no name may be read as an id. */
export const sourceName = lineInput(LONGEST_NAME).refine(
  (name) => decodeId(name) === undefined,
  'must not be what an id looks like',
);

/** What of a source may be set, each left out or not. */
export const sourceSettings = {
  description: textInput(LONGEST_SOURCE_DESCRIPTION).nullish(),
  ownExternalIds: flag,
  sticky: flag,
  asksPresence: flag,
  acceptWithinSeconds: seconds,
  answerWithinSeconds: seconds,
  warnBeforeSeconds: seconds,
  skills: skillsInput.nullish(),
  priority: priorityInput.nullish(),
};

/** A weight in an input: an exact decimal from zero on, given in its shortest form. */
export const weightInput = z
  .string('must be a number')
  .trim()
  .regex(DECIMAL, 'must be a number such as 0.5')
  .transform((text) => amount(text))
  .refine((weight) => weight.gte(0), { message: 'must not be negative', abort: true })
  .refine((weight) => weight.lte(MOST_WEIGHT), { message: `must be at most ${MOST_WEIGHT}`, abort: true })
  .refine((weight) => weight.decimalPlaces() <= WEIGHT_DECIMALS, `must have at most ${WEIGHT_DECIMALS} decimals`)
  .transform((weight) => weight.toFixed());
