import type { Operation, PageAsked, Selected } from '../../questions/operation.ts';
import { fields, one } from '../../questions/select.ts';
import { dayFilter, days } from '../days.ts';
import type { Material } from '../material.ts';
import type { Question } from '../question.ts';
import { CHARGE } from './card.ts';

const QUESTIONS = 128;

/** How often each status is looked for, of ten times. */
const STATUSES = [
  'COMPLETED',
  'COMPLETED',
  'COMPLETED',
  'COMPLETED',
  'COMPLETED',
  'COMPLETED',
  'MISSED',
  'MISSED',
  'REDIRECTED',
  'REJECTED',
];

const end = (name: string): Selected => one(name, fields('number', one('customer', fields('id name'))));

/** What is shown of a call in a list. */
export const CALL = fields(
  'id direction status startedAt endedAt durationSeconds',
  end('caller'),
  end('called'),
  CHARGE,
);

/** Fifty calls, the newest first. */
export const CALLS: PageAsked = { first: 50, order: 'STARTED_AT_DESC', info: true };

/** Fifty calls with caller, called and charge, filtered by day and status, newest first. */
export const LIST: Operation = {
  name: 'List',
  root: { by: 'page', type: 'Call', field: 'calls', page: { ...CALLS, filters: ['status', 'day'] } },
  fields: CALL,
};

/** Days and statuses, each as it comes. */
export function listQuestions({ random }: Material): Question[] {
  return Array.from({ length: QUESTIONS }, () => {
    const status = random.pick(STATUSES);
    const day = dayFilter(random.pick(days()));
    return {
      operation: LIST,
      values: { filters: { status: { product: [status], peer: [status] }, day } },
      floor: { statement: 'list', values: [status, ...day.peer] },
    };
  });
}
