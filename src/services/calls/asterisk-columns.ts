import type { NewCall } from './new-call.js';

/** The columns of Asterisk's `cdr_csv` with `loguniqueid` and `loguserfield`; the file has no header. */
export const CDR_COLUMNS = [
  'accountcode',
  'src',
  'dst',
  'dcontext',
  'clid',
  'channel',
  'dstchannel',
  'lastapp',
  'lastdata',
  'start',
  'answer',
  'end',
  'duration',
  'billsec',
  'disposition',
  'amaflags',
  'uniqueid',
  'userfield',
] as const;

/** The name of a column. */
export type CdrColumn = (typeof CDR_COLUMNS)[number];

/** The cells of a line. */
export type CdrCells = Readonly<Record<CdrColumn, string>>;

/** The column that a call's field is read from: where a fault that `recordCalls` finds belongs in the file. */
export const CDR_COLUMN_OF: Readonly<Record<keyof NewCall, CdrColumn | ''>> = {
  exchange: '',
  externalId: 'uniqueid',
  caller: 'src',
  called: 'dst',
  status: 'disposition',
  redirectedTo: 'userfield',
  startedAt: 'start',
  answeredAt: 'answer',
  endedAt: 'end',
  durationSeconds: 'billsec',
};
