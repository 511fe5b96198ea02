import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { checkActive, holdInquiry, nextVersionOf } from './hold-inquiry.js';
import { inquiryPriorityChanged } from './inquiry.events.js';
import { priorityOfInquiryInput } from './inquiry.input.js';

/** How urgent which inquiry is. */
export interface ChangeInquiryPriorityInput {
  readonly inquiryId: string;
  /** From -100 to 100: those of a higher one leave the queue first. */
  readonly priority: number;
}

/**
 * Changes the priority of an inquiry, and with it the inquiry's place in the queue. With the one that it has, nothing
 * changes.
 *
 * @returns the inquiry's key
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, STATE_NOT_ALLOWED for one that is closed or rejected
 */
export async function changeInquiryPriority(work: Work, input: ChangeInquiryPriorityInput): Promise<string> {
  const { inquiryId, priority } = parseInput(priorityOfInquiryInput, input);
  const inquiry = await holdInquiry(work, inquiryId);
  checkActive(inquiry);
  if (inquiry.priority === priority) return inquiryId;
  await work.rows(sql`update inquiry set priority = ${priority}, version = version + 1 where id = ${inquiryId}`);
  await work.record([inquiryPriorityChanged(nextVersionOf(inquiry), [inquiry.priority, priority])]);
  return inquiryId;
}
