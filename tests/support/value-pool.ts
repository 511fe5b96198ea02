import type { EntityMetadata } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { READABLES } from '../../src/services/readables.js';
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
    const textsOf = async (statement: RawBuilder<unknown>) => {
      const rows = await database.rows(
        sql<{ text: string | null }>`select distinct text from (${statement}) x(text) order by text`,
      );
      return rows.flatMap(({ text }) => (text === null ? [] : [text]));
    };
    pool.#texts.set('baseUrl', ['https://crm.example.com', 'http://localhost:4000/office/']);
    for (const [scalar, statement] of Object.entries(TIMES)) pool.#texts.set(scalar, await textsOf(sql.raw(statement)));
    for (const { kind, entity, filters } of READABLES.values()) {
      const { tableName, properties } = database.orm.getMetadata(entity) as EntityMetadata;
      const rows = await database.rows(sql<{ id: string }>`select id from ${sql.table(tableName)} order by id`);
      const ids = rows.map(({ id }) => encodeId(kind, id));
      pool.#ids.set(kind, ids);
      for (const name of Object.keys(filters)) {
        const place = `${kind}Filter.${name}`;
        const property = properties[name];
        const own =
          property?.columnTypes?.[0] === 'text'
            ? sql`select ${sql.ref(property.fieldNames[0]!)} from ${sql.table(tableName)}`
            : undefined;
        const statement = TEXTS[place] === undefined ? own : sql.raw(TEXTS[place]);
        if (statement) pool.#texts.set(place, (await textsOf(statement)).flatMap(variantsOf));
      }
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

  /** Texts that rows have where a filter looks, such as `CallFilter.number`; or of a scalar, such as `LocalDate`. */
  texts(place: string): readonly string[] {
    return this.#texts.get(place) ?? [];
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

/** Of the texts that rows have, and that filters look for parts of: parts, and the same otherwise written. */
function variantsOf(text: string): string[] {
  const characters = [...text];
  return [text, characters.slice(0, 3).join(''), characters.slice(1).join(''), text.toUpperCase()];
}

/** Statements for the texts that rows have where a filter looks elsewhere than in the property of its own name. */
const TEXTS: Readonly<Record<string, string>> = {
  'CallFilter.number': 'select caller_number from call union select called_number from call',
  'CustomerFilter.msisdn': 'select msisdn from contract',
  'OperatorFilter.skill': 'select unnest(skills) from operator',
  'UserFilter.email': 'select email from login',
  'UserFilter.name': 'select last_name from app_user union select first_name from app_user',
  'UserFilter.role': 'select name from role',
  'WebhookDeliveryFilter.messageId': 'select message_id from webhook_delivery',
  'WebhookEndpointFilter.eventKind': 'select unnest(event_kinds) from webhook_endpoint',
};

/** By scalars: statements for the instants and the days that rows have, and others. */
const TIMES: Readonly<Record<string, string>> = {
  DateTimeISO: `select to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from call
    union select to_char(received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from payment
    union select '2026-09-01T12:00:00+03:00' union select '1950-01-01T00:00:00Z'`,
  LocalDate: `select (started_at at time zone 'Europe/Moscow')::date::text from call union select '1999-12-31'`,
};
