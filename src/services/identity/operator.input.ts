import { z } from 'zod';
import { skillsInput } from '../distribution/inquiry.input.js';
import { phoneInput } from '../shared/phone/phone-number.js';
import { lineInput } from '../shared/text/text-input.js';
import { weeklyScheduleInput } from './weekly-schedule.js';

const MOST_LOAD = 10_000;

/** A limit in an input; with zero, what they have stays theirs, and nothing is added. */
export const maxLoadInput = z
  .int('must be a whole number')
  .min(0, 'must not be negative')
  .max(MOST_LOAD, `must be at most ${MOST_LOAD}`);

/** An operator's profile in an input. */
export const operatorInput = {
  alias: lineInput(),
  phone: phoneInput,
  maxLoad: maxLoadInput,
  schedule: weeklyScheduleInput,
  skills: skillsInput,
};
