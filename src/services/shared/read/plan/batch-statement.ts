import type { CompiledQuery } from 'kysely';
import type { Pool } from 'pg';
import { isConnectionInDoubt } from '../../database/connection-in-doubt.js';
import { Parameter, type ReadScope } from '../../database/parameter.js';

/** Text in quotes, which stays as it is, or the place of a parameter. */
const PLACES = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\d+)/g;

/** A value as PostgreSQL reads it from text; null stays null. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (!Array.isArray(value)) return typeof value === 'object' ? JSON.stringify(value) : String(value);
  const items = value.map((item) => {
    const text = textOf(item);
    return text === null ? 'null' : `"${text.replace(/["\\]/g, '\\$&')}"`;
  });
  return `{${items.join()}}`;
}

/** The types that PostgreSQL takes an expression's parameters for. */
async function typesOf(pool: Pool, expression: string): Promise<string[]> {
  const client = await pool.connect();
  let inDoubt = false;
  try {
    await client.query(`prepare switchboard_types as select ${expression}`);
    const { rows } = await client.query<{ types: string[] }>(
      `select parameter_types::text[] as types from pg_prepared_statements where name = 'switchboard_types'`,
    );
    return rows[0]!.types;
  } catch (error) {
    inDoubt = isConnectionInDoubt(error);
    throw error;
  } finally {
    if (!inDoubt) await client.query('deallocate switchboard_types').catch(() => undefined);
    client.release(inDoubt);
  }
}

/**
 * An expression of one text, made a statement that gives many: one for each set of values of its parameters.
 *
 * @see https://www.postgresql.org/docs/current/functions-array.html `unnest` of several arrays
 */
export class BatchStatement<Scope extends ReadScope> {
  private constructor(
    readonly statement: string,
    private readonly parameters: readonly unknown[],
  ) {}

  /** @param compiled the expression alone, without `select` */
  static async of<Scope extends ReadScope>(
    pool: Pool,
    { sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>,
  ): Promise<BatchStatement<Scope>> {
    const types = await typesOf(pool, sql);
    const rowwise = sql.replace(PLACES, (whole, place: string | undefined) =>
      place === undefined ? whole : `(v.p${place})::${types[Number(place) - 1]}`,
    );
    // The first array only counts: a statement may have no parameter at all.
    const arrays = ['$1::text[]', ...types.map((_, i) => `$${i + 2}::text[]`)];
    const names = ['p0', ...types.map((_, i) => `p${i + 1}`)];
    const statement = `select (${rowwise}) from unnest(${arrays.join()}) with ordinality as v(${names.join()}, i) order by v.i`;
    return new BatchStatement(statement, parameters);
  }

  /** The values of the statement's parameters for one text. */
  valuesOf(scope: Scope): (string | null)[] {
    return this.parameters.map((one) => textOf(one instanceof Parameter ? one.of(scope) : one));
  }

  /** The values of those parameters alone that look at who asks. */
  ownValuesOf(scope: Scope): (string | null)[] {
    let looked = false;
    const watched = Object.defineProperty({ ...scope }, 'actor', {
      get: () => {
        looked = true;
        return scope.actor;
      },
    });
    return this.parameters.flatMap((one) => {
      looked = false;
      const value = one instanceof Parameter ? textOf(one.of(watched)) : null;
      return looked ? [value] : [];
    });
  }

  /** The arguments of the statement that gives a text for each of these. */
  argumentsFor(values: readonly (readonly (string | null)[])[]): unknown[] {
    return [values.map(() => ''), ...this.parameters.map((_, i) => values.map((one) => one[i] ?? null))];
  }
}
