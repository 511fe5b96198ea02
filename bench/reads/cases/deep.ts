import type { Operation, Values } from '../../questions/operation.ts';
import type { Material } from '../material.ts';
import type { Question } from '../question.ts';
import { CALL, CALLS } from './list.ts';

const ROWS_BEFORE = 900_000;
const PAGES = 16;

const COMPLETED = { product: ['COMPLETED'], peer: ['COMPLETED'] };

/** The list of answered calls of all days, from its beginning. */
export const FIRST: Operation = {
  name: 'First',
  root: { by: 'page', type: 'Call', field: 'calls', page: { ...CALLS, filters: ['status'] } },
  fields: CALL,
};

/** The same list behind a cursor. */
export const AFTER: Operation = {
  name: 'After',
  root: { by: 'page', type: 'Call', field: 'calls', page: { ...CALLS, filters: ['status'], after: true } },
  fields: CALL,
};

const valuesOf = (values: Values): Values => ({ ...values, filters: { status: COMPLETED } });

/** The first page of the list. */
export function firstQuestions(): Question[] {
  return [{ operation: FIRST, values: valuesOf({}), floor: { statement: 'deep-first', values: [] } }];
}

/** Pages that follow each other behind 900,000 rows of the list. */
export async function afterQuestions({ client, cursors }: Material): Promise<Question[]> {
  const { rows } = await client.query<{ key: string; at: string }>(
    `select id as key, to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at from (
      select id, started_at, row_number() over (order by started_at desc, id desc) as place
      from call where status = 'COMPLETED'
    ) c where place >= $1 and (place - $1) % 50 = 0 order by place limit ${PAGES}`,
    [ROWS_BEFORE],
  );
  if (rows.length < PAGES) throw new Error(`The list has no ${ROWS_BEFORE} rows.`);
  const questions: Question[] = [];
  for (const { key, at } of rows) {
    const after = await cursors.find({ type: 'Call', key, startedAt: at }, CALLS.order);
    questions.push({
      operation: AFTER,
      values: valuesOf({ after }),
      floor: { statement: 'deep-after', values: [at, key] },
    });
  }
  return questions;
}
