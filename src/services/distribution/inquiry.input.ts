import { z } from 'zod';
import { InquiryStatus } from '../../entities/distribution/inquiry-status.enum.js';
import { idInput } from '../shared/ids/id-input.js';
import { LONGEST_MESSAGE } from '../shared/limits/longest-texts.js';
import { lineInput, textInput } from '../shared/text/text-input.js';
import { composed, tidied } from '../shared/text/tidied.js';
import { leadFields } from './lead.input.js';

const MOST_SKILLS = 20;
const LONGEST_SKILL = 50;
/** Of inquiries that are in no hurry at all, and of those that go before all others. */
const LEAST_PRIORITY = -100;
const MOST_PRIORITY = 100;

/** Nothing in it is the same as left out: forms send empty fields. */
const left = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(
    (value) => (typeof value === 'string' && tidied(value) === '' ? null : (value ?? null)),
    schema.nullable(),
  );

/** A skill as it is kept: it is the same whatever its case. */
export const foldSkill = (skill: string) => composed(tidied(skill).toLowerCase());

/** Skills in an input, folded, each once, in their order. */
export const skillsInput = z
  .array(z.unknown(), 'must be a list')
  // A list that is too long is not gone through.
  .max(MOST_SKILLS, `must have at most ${MOST_SKILLS}`)
  .pipe(z.array(lineInput(LONGEST_SKILL)))
  .transform((skills) => [...new Set(skills.map(foldSkill))].sort());

/** A priority in an input. */
export const priorityInput = z
  .int('must be a whole number')
  .min(LEAST_PRIORITY, `must be at least ${LEAST_PRIORITY}`)
  .max(MOST_PRIORITY, `must be at most ${MOST_PRIORITY}`);

/** What a lead is known by, normalised; null where it is left out. */
export const identifiersInput = {
  externalId: left(leadFields.externalId),
  phone: left(leadFields.phone),
  email: left(leadFields.email),
};

/** An inquiry as it is registered. */
export const inquiryInput = z
  .object({
    source: lineInput(),
    ...identifiersInput,
    name: left(leadFields.name),
    message: textInput(LONGEST_MESSAGE)
      .nullish()
      .transform((text) => text ?? ''),
    priority: priorityInput.nullish().transform((priority) => priority ?? null),
    skills: skillsInput.nullish().transform((skills) => skills ?? []),
  })
  .refine(({ externalId, phone, email }) => externalId !== null || phone !== null || email !== null, {
    message: 'Say who it is by an external id, a phone number or an e-mail address.',
    path: ['externalId'],
  });

/** Which inquiry something is done with, read into its key. */
export const inquiryIdInput = z.object({ inquiryId: idInput('Inquiry') });

/** Which inquiry, and who is to have it. */
export const operatorOfInquiryInput = inquiryIdInput.extend({ operatorId: idInput('Operator') });

/** Which inquiry, and what is to become of it. */
export const statusOfInquiryInput = inquiryIdInput.extend({ status: z.enum(InquiryStatus) });

/** Which inquiry, and what skills it is to ask for. */
export const skillsOfInquiryInput = inquiryIdInput.extend({ skills: skillsInput });

/** Which inquiry, and how urgent it is to be. */
export const priorityOfInquiryInput = inquiryIdInput.extend({ priority: priorityInput });
