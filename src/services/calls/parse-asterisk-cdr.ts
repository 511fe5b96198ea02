import { CallStatus } from '../../entities/calls/call-status.enum.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import type { Calendar } from '../shared/time/calendar.js';
import { CDR_COLUMN_OF, CDR_COLUMNS, type CdrCells, type CdrColumn } from './asterisk-columns.js';
import { isAnswered, type NewCall } from './new-call.js';

/** What is wrong with a line, in the first of its columns that is; the column is empty where it is the whole line. */
export interface CdrFault {
  readonly column: CdrColumn | '';
  readonly code: ErrorCode;
  readonly message: string;
}

/** Asterisk's dispositions; CONGESTION is its word for a network that took no more calls. */
const STATUS_OF: Readonly<Record<string, CallStatus>> = {
  ANSWERED: CallStatus.COMPLETED,
  BUSY: CallStatus.REJECTED,
  FAILED: CallStatus.REJECTED,
  CONGESTION: CallStatus.REJECTED,
  'NO ANSWER': CallStatus.MISSED,
};
const REDIRECTION = /^redirect:(.*)$/i;
const LOCAL_TIME = /^(\d{4}-\d\d-\d\d \d\d:\d\d):(\d\d)$/;
const SECOND_MS = 1000;
const REMEMBERED_MINUTES = 10_000;

class Fault extends Error {
  constructor(
    readonly column: CdrColumn | '',
    message: string,
  ) {
    super(message);
  }
}

/** Reads lines of Asterisk's CDR (its `cdr_csv`, with `uniqueid` and `userfield`) into calls. */
export class AsteriskCdrParser {
  /** Time zones change at whole minutes: one minute is worked out once. */
  readonly #minutes = new Map<string, Date | undefined>();

  /**
   * @param calendar of the zone that the times are local to
   * @param exchange the name under which the calls are recorded
   */
  constructor(
    private readonly calendar: Calendar,
    private readonly exchange = 'asterisk',
  ) {}

  /** The call that the cells of a line tell of, or what is wrong with them. */
  parse(cells: readonly string[]): NewCall | CdrFault {
    try {
      return this.#read(cells);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return { column: error.column, code: ErrorCode.BAD_USER_INPUT, message: error.message };
    }
  }

  #read(values: readonly string[]): NewCall {
    if (values.length !== CDR_COLUMNS.length) {
      throw new Fault('', `The line has ${values.length} columns instead of ${CDR_COLUMNS.length}.`);
    }
    const cells = Object.fromEntries(CDR_COLUMNS.map((column, i) => [column, values[i]!.trim()])) as CdrCells;
    if (cells.uniqueid === '') throw new Fault('uniqueid', 'must not be empty');
    const startedAt = this.#instant(cells, 'start');
    if (!startedAt) throw new Fault('start', 'must not be empty');
    const { status, redirectedTo } = readStatus(cells);
    const answeredAt = isAnswered(status) ? this.#instant(cells, 'answer', startedAt) : null;
    return {
      exchange: this.exchange,
      externalId: cells.uniqueid,
      caller: cells.src,
      called: cells.dst,
      status,
      redirectedTo,
      startedAt,
      answeredAt,
      endedAt: this.#instant(cells, 'end', answeredAt ?? startedAt),
      durationSeconds: readSeconds(cells, 'billsec'),
    };
  }

  /** @param after of a local time that comes twice the later instant is meant where the earlier one is before this */
  #instant(cells: CdrCells, column: CdrColumn, after?: Date): Date | null {
    const text = cells[column];
    if (text === '') return null;
    const [, minute, seconds] = LOCAL_TIME.exec(text) ?? [];
    const start = minute === undefined ? undefined : this.#minute(minute);
    if (!start || Number(seconds) > 59) throw new Fault(column, 'must be a local time such as 2026-09-01 00:26:56');
    const instant = new Date(start.getTime() + Number(seconds) * SECOND_MS);
    return after && instant < after ? (this.calendar.instantOf(text, 'later') ?? instant) : instant;
  }

  #minute(minute: string): Date | undefined {
    if (!this.#minutes.has(minute)) {
      if (this.#minutes.size >= REMEMBERED_MINUTES) this.#minutes.clear();
      this.#minutes.set(minute, this.calendar.instantOf(`${minute}:00`));
    }
    return this.#minutes.get(minute);
  }
}

function readStatus({ disposition, userfield }: CdrCells): Pick<NewCall, 'status' | 'redirectedTo'> {
  const known = disposition.toUpperCase();
  const status = Object.hasOwn(STATUS_OF, known) ? STATUS_OF[known] : undefined;
  if (!status) throw new Fault('disposition', `must be one of ${Object.keys(STATUS_OF).join(', ')}`);
  const target = REDIRECTION.exec(userfield)?.[1]?.trim();
  // Asterisk's users write other things there too: they say nothing of the call.
  if (status !== CallStatus.COMPLETED || target === undefined) return { status, redirectedTo: null };
  if (target === '') throw new Fault('userfield', 'must name a number behind `redirect:`');
  return { status: CallStatus.REDIRECTED, redirectedTo: target };
}

function readSeconds(cells: CdrCells, column: CdrColumn): number {
  if (!/^\d{1,9}$/.test(cells[column])) throw new Fault(column, 'must be a whole number of seconds');
  return Number(cells[column]);
}

/** The column of a fault that `recordCalls` found, from the last part of its path. */
export function cdrColumnOf(path: readonly string[]): CdrColumn | '' {
  const field = path.at(-1) ?? '';
  return Object.hasOwn(CDR_COLUMN_OF, field) ? CDR_COLUMN_OF[field as keyof NewCall] : '';
}
