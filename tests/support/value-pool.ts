import { sql } from 'kysely';
import type { Database } from '../../src/services/shared/database/database.js';
import { decodeId, encodeId } from '../../src/services/shared/ids/global-id.js';

const CURSOR_ORDER = /^\w+\.\w+\.(ASC|DESC)$/;
/** Enough to draw from. */
const MOST_CURSORS = 60;

/** Text that no row has, that is no value of its kind, or that somebody could think to break a statement with. */
export const NONSENSE = ['', ' ', '%', "'", '"', '\\', "'; drop table call; --", '$1', 'ї'.repeat(300), '\u0000', '🦄'];

/** Values of the data that arguments are drawn from: ids, cursors, and texts that filters look for. */
export class ValuePool {
  readonly #ids = new Map<string, string[]>();
  readonly #cursors = new Map<string, Set<string>>();
  readonly #texts = new Map<string, readonly string[]>();

  static async of(database: Database): Promise<ValuePool> {
    const pool = new ValuePool();
    for (const [field, statement] of Object.entries(TEXTS)) {
      const rows = await database.rows(sql<{ text: string | null }>`select text from (${sql.raw(statement)}) x(text)`);
      pool.#texts.set(
        field,
        rows.flatMap(({ text }) => (text === null ? [] : [text])),
      );
    }
    for (const [kind, table] of Object.entries(TABLES)) {
      const rows = await database.rows(sql<{ id: string }>`select id from ${sql.table(table)} order by id`);
      pool.#ids.set(
        kind,
        rows.map(({ id }) => encodeId(kind, id)),
      );
    }
    return pool;
  }

  get kinds(): readonly string[] {
    return [...this.#ids.keys()];
  }

  ids(kind: string): readonly string[] {
    return this.#ids.get(kind) ?? [];
  }

  /** Orders of which there are cursors: `Call.STARTED_AT.DESC`. */
  get orders(): readonly string[] {
    return [...this.#cursors.keys()];
  }

  cursors(order: string): readonly string[] {
    return [...(this.#cursors.get(order) ?? [])];
  }

  /** Texts that rows have where a filter's field of this name looks. */
  texts(field: string): readonly string[] {
    return this.#texts.get(field) ?? [];
  }

  /** Keeps the cursors that stand anywhere in an answer. */
  learn(answer: unknown): void {
    if (typeof answer === 'string') this.#learnText(answer);
    else if (Array.isArray(answer)) for (const item of answer) this.learn(item);
    else if (answer && typeof answer === 'object') for (const value of Object.values(answer)) this.learn(value);
  }

  #learnText(text: string): void {
    if (decodeId(text)) return;
    const order = orderOfCursor(text);
    if (order === undefined) return;
    let known = this.#cursors.get(order);
    if (!known) {
      known = new Set();
      this.#cursors.set(order, known);
    }
    if (known.size < MOST_CURSORS) known.add(text);
  }
}

/** The order that a cursor is of; undefined for any other text. */
function orderOfCursor(text: string): string | undefined {
  try {
    const [order] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    return typeof order === 'string' && CURSOR_ORDER.test(order) ? order : undefined;
  } catch {
    return undefined;
  }
}

const TABLES: Readonly<Record<string, string>> = {
  Call: 'call',
  Charge: 'charge',
  Customer: 'customer',
  Contract: 'contract',
  Payment: 'payment',
  Sim: 'sim',
  Tariff: 'tariff',
  TariffVersion: 'tariff_version',
  ImportJob: 'import_job',
  StoredFile: 'stored_file',
  Operator: 'operator',
  PartnerKey: 'partner_key',
  Role: 'role',
  UserGroup: 'user_group',
  User: 'app_user',
};

/** By the names of filters' fields: statements for the texts that rows have. */
const TEXTS: Readonly<Record<string, string>> = {
  name: `select name from customer union select left(name, 3) from customer union select name from tariff
    union select last_name from app_user union select name from user_group`,
  email: 'select email from customer union select upper(email) from customer union select email from login',
  msisdn: 'select msisdn from contract union select substr(msisdn, 2) from contract',
  number: 'select caller_number from call union select called_number from call union select number from contract',
  alias: 'select alias from operator union select lower(left(alias, 2)) from operator',
  phone: 'select phone from operator',
  skill: 'select unnest(skills) from operator',
  role: 'select name from role',
  iccid: 'select iccid from sim',
  instant: `select to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from call
    union select to_char(received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from payment
    union select '2026-09-01T12:00:00+03:00' union select '1950-01-01T00:00:00Z'`,
  day: `select (started_at at time zone 'Europe/Moscow')::date::text from call union select '1999-12-31'`,
};
