import type { GraphQLInputType } from 'postgraphile/graphql';
import { addPgTableCondition } from 'postgraphile/utils';

type SqlOf = Parameters<typeof addPgTableCondition>[3];

/** What a condition adds to a statement over the table `t`. */
type Condition = (t: Helpers['sqlTableAlias'], value: SqlPart, sql: Helpers['sql']) => SqlPart;
type Helpers = Parameters<NonNullable<SqlOf>>[1];
type SqlPart = Helpers['sqlTableAlias'];

/** A condition of a table beside those that PostGraphile makes itself, which are equalities of indexed columns. */
function condition(
  tableName: string,
  name: string,
  type: 'Datetime' | 'BigInt',
  where: Condition,
): GraphileConfig.Plugin {
  return addPgTableCondition(
    { schemaName: 'public', tableName },
    name,
    (build) => ({ type: build.getTypeByName(type) as GraphQLInputType }),
    (value, { sql, sqlTableAlias, sqlValueWithCodec, build }) => {
      if (value === null) return null;
      const codec = type === 'Datetime' ? build.dataplanPg.TYPES.timestamptz : build.dataplanPg.TYPES.bigint;
      return where(sqlTableAlias, sqlValueWithCodec(value, codec), sql);
    },
  );
}

const tookPart: Condition = (t, value, sql) =>
  sql`(${t}.caller_operator_id = ${value} or ${t}.called_operator_id = ${value} or ${t}.redirected_to_operator_id = ${value})`;

/** That instants are in a period, and that somebody took part in a call: what the product's filters can say; and what an operator sees. */
export const CONDITIONS: readonly GraphileConfig.Plugin[] = [
  condition('call', 'startedFrom', 'Datetime', (t, value, sql) => sql`${t}.started_at >= ${value}`),
  condition('call', 'startedBefore', 'Datetime', (t, value, sql) => sql`${t}.started_at < ${value}`),
  condition('payment', 'receivedFrom', 'Datetime', (t, value, sql) => sql`${t}.received_at >= ${value}`),
  condition('payment', 'receivedBefore', 'Datetime', (t, value, sql) => sql`${t}.received_at < ${value}`),
  condition(
    'call',
    'customer',
    'BigInt',
    (t, value, sql) => sql`(${t}.caller_customer_id = ${value} or ${t}.called_customer_id = ${value})`,
  ),
  condition('call', 'operator', 'BigInt', (t, value, sql) => tookPart(t, value, sql)),
  condition('call', 'visibleTo', 'BigInt', (t, value, sql) => tookPart(t, value, sql)),
  condition(
    'charge',
    'visibleTo',
    'BigInt',
    (t, value, sql) =>
      sql`exists (select from public.call c where c.id = ${t}.call_id and ${tookPart(sql`c`, value, sql)})`,
  ),
];
