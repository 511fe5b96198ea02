import { AnswerState } from '../../entities/distribution/answer-state.enum.js';
import type { Inquiry } from '../../entities/distribution/inquiry.entity.js';
import type { Row } from '../shared/read/row.js';

/** What of an inquiry tells how it stands to the deadline of its first answer. */
export const ANSWER_COLUMNS = ['answerDueAt', 'answerAtRiskAt', 'answeredAt', 'endedAt'] as const;

type Answering = Pick<Row<Inquiry>, (typeof ANSWER_COLUMNS)[number]>;

/** How an inquiry stands to the deadline of its first answer at an instant; what ended without one owes none any more. */
export function answerStateOf({ answerDueAt, answerAtRiskAt, answeredAt, endedAt }: Answering, now: Date): AnswerState {
  if (answerDueAt === null) return AnswerState.NONE;
  const due = Date.parse(answerDueAt);
  if (answeredAt !== null) return Date.parse(answeredAt) <= due ? AnswerState.IN_TIME : AnswerState.LATE;
  if (endedAt !== null) return Date.parse(endedAt) <= due ? AnswerState.NONE : AnswerState.LATE;
  if (now.getTime() > due) return AnswerState.OVERDUE;
  return answerAtRiskAt !== null && now.getTime() >= Date.parse(answerAtRiskAt)
    ? AnswerState.AT_RISK
    : AnswerState.PENDING;
}
