import type { ErrorCode } from '../shared/errors/error-code.js';
import { type Refusal, refuseInput } from '../shared/errors/refusal.js';
import { printable, quoted } from '../shared/text/printable.js';
import type { SubscriberRow } from './take-in-subscriber.js';

/** The cells of a row. */
export type SubscriberCell = Exclude<keyof SubscriberRow, 'validFrom'>;

/** How a file's header names its columns. */
export type ColumnNames = Readonly<Record<SubscriberCell, string>>;

/** What each column may be called, in lower case, without spaces, hyphens, dots and underscores; the first is its usual name. */
const NAMES: Readonly<Record<SubscriberCell, readonly string[]>> = {
  name: ['фио', 'имя', 'абонент', 'клиент', 'полноеимя', 'name', 'fullname', 'customer', 'customername', 'subscriber'],
  number: ['номер', 'номертелефона', 'телефон', 'number', 'phone', 'phonenumber', 'telephone', 'msisdn'],
  email: ['email', 'почта', 'элпочта', 'электроннаяпочта', 'mail', 'emailaddress', 'адресэлпочты'],
  iccid: ['iccid', 'sim', 'simcard', 'simiccid', 'simкарта', 'симкарта', 'сим', 'номерsim', 'номерсим'],
  tariff: ['тариф', 'тарифныйплан', 'tariff', 'tariffname', 'tariffplan', 'plan'],
  deposit: ['депозит', 'взнос', 'начальныйвзнос', 'аванс', 'deposit', 'openingdeposit', 'initialdeposit', 'prepayment'],
};

const CELLS = Object.keys(NAMES) as SubscriberCell[];

/** Usual names of the columns, for people who look for one that is missing. */
const USUAL: ColumnNames = {
  name: 'ФИО (name)',
  number: 'Номер (number)',
  email: 'E-mail',
  iccid: 'ICCID',
  tariff: 'Тариф (tariff)',
  deposit: 'Депозит (deposit)',
};

/** Of a column's title that is kept. */
const LONGEST_TITLE = 60;
/** Faults of a header that are told. */
const MOST_FAULTS = 10;

/** Where a field of a subscriber's input comes from. */
const CELL_OF_FIELD: Readonly<Record<string, SubscriberCell>> = {
  'customer.email': 'email',
  customer: 'name',
  msisdn: 'number',
  iccid: 'iccid',
  imsi: 'iccid',
  tariffName: 'tariff',
  deposit: 'deposit',
};

/** What a header says: which cell stands in which place, and how the file names each. */
export interface SubscriberHeader {
  readonly cells: readonly SubscriberCell[];
  readonly columns: ColumnNames;
}

/**
 * Reads a header; its columns may stand in any order.
 *
 * @throws Refusal with BAD_USER_INPUT on the path `file` that names every column that is missing, unknown or double
 */
export function readSubscriberHeader(header: readonly string[]): SubscriberHeader {
  const faults: string[] = [];
  const columns: Partial<Record<SubscriberCell, string>> = {};
  const cells: SubscriberCell[] = [];
  for (const title of header.map((text) => text.trim())) {
    const plain = title.toLowerCase().replace(/[\s_.-]/g, '');
    const cell = CELLS.find((one) => NAMES[one].includes(plain));
    if (!cell) faults.push(`unknown column ${quoted(title)}`);
    else if (columns[cell] !== undefined)
      faults.push(`column ${quoted(title)} says the same as ${quoted(columns[cell])}`);
    else {
      columns[cell] = printable(title, LONGEST_TITLE);
      cells.push(cell);
    }
  }
  const untold = faults.splice(MOST_FAULTS).length;
  if (untold > 0) faults.push(`${untold} more of the kind`);
  const missing = CELLS.filter((cell) => columns[cell] === undefined);
  if (missing.length > 0) faults.push(`missing: ${missing.map((cell) => USUAL[cell]).join(', ')}`);
  if (faults.length > 0) throw refuseInput(['file'], `This is no file of subscribers: ${faults.join('; ')}.`);
  return { cells, columns: columns as ColumnNames };
}

/** The file's name for the column that a refusal's path (`input`, `iccid`) is about; empty for none in particular. */
export function columnOf(path: readonly string[], columns: ColumnNames): string {
  const field = path.slice(1);
  const cell = CELL_OF_FIELD[field.join('.')] ?? CELL_OF_FIELD[field[0] ?? ''];
  return cell ? columns[cell] : '';
}

/** Something wrong with a row. */
export interface SubscriberIssue {
  /** As the file's header names it; empty where it is the row as a whole. */
  readonly column: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** What a refusal of a row says about its columns. */
export function subscriberIssues(refusal: Refusal, columns: ColumnNames): SubscriberIssue[] {
  return refusal.errors.map(({ code, message, path }) => ({ column: columnOf(path, columns), code, message }));
}
