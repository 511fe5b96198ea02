import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { checkActive, holdInquiry, nextVersionOf } from './hold-inquiry.js';
import { inquirySkillsChanged } from './inquiry.events.js';
import { skillsOfInquiryInput } from './inquiry.input.js';
import { tooManyKinds } from './too-many-kinds.js';

/** What skills which inquiry is to ask for. */
export interface ChangeInquirySkillsInput {
  readonly inquiryId: string;
  /** All of them, those of the source too. */
  readonly skills: readonly string[];
}

/**
 * Changes what skills an inquiry asks for: one that waits is looked at again; one that somebody has stays theirs, whatever
 * they can. With the skills that it asks for, nothing changes.
 *
 * @returns the inquiry's key
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, STATE_NOT_ALLOWED for one that is closed or rejected, LIMIT_EXCEEDED for
 *   other skills than those of very many different ones that are waited for
 */
export async function changeInquirySkills(work: Work, input: ChangeInquirySkillsInput): Promise<string> {
  const { inquiryId, skills } = parseInput(skillsOfInquiryInput, input);
  const inquiry = await holdInquiry(work, inquiryId);
  checkActive(inquiry);
  const [row] = await work.rows(sql<{ skills: string[] }>`select skills from inquiry where id = ${inquiryId}`);
  const before = row!.skills;
  if (JSON.stringify(before) === JSON.stringify(skills)) return inquiryId;
  if (inquiry.operatorId === null) {
    await work.rows(sql`select distribution.check_kinds(${inquiry.sourceId}, ${skills}::text[])`).catch(tooManyKinds);
  }
  await work.rows(sql`
    update inquiry set skills = ${skills}::text[], version = version + 1 where id = ${inquiryId}`);
  await work.record([inquirySkillsChanged(nextVersionOf(inquiry), [before, skills])]);
  return inquiryId;
}
