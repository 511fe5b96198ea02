import { createHash } from 'node:crypto';
import { withClient } from '../dataset/database.ts';
import { databaseAt } from '../shared/cluster.ts';
import { productModule } from '../shared/product-module.ts';
import { FLOOR_FUNCTION } from './floor-function.ts';

type Orm = typeof import('../../src/services/shared/database/orm.ts');
type Migrate = typeof import('../../src/services/shared/database/migrate.ts');

const DATABASE = 'bench_distribution';
/** What the partner's system sends, which registers the inquiries. */
const TOKEN = 'swb_bench_distribution';
/** More than anybody gets: nobody ever waits. */
const NO_LIMIT = 1_000_000_000;

/** A source of the bench. */
export interface BenchSource {
  readonly key: string;
  readonly name: string;
  /** In the order of the operators, who have the keys from `firstOperator` on. */
  readonly weights: readonly string[];
  readonly firstOperator: number;
}

/** A database of the product with nothing but sources and their operators, made anew. */
export interface DistributionDatabase {
  readonly url: string;
  readonly token: string;
  readonly source: (weights: readonly string[]) => Promise<BenchSource>;
}

/** Makes the database, a partner's key and the floor's function. */
export async function makeDatabase(server: string): Promise<DistributionDatabase> {
  const url = databaseAt(server, DATABASE);
  await withClient(server, async (client) => {
    await client.query(`drop database if exists ${DATABASE} with (force)`);
    await client.query(`create database ${DATABASE}`);
  });
  const { connectOrm } = await productModule<Orm>('services/shared/database/orm.js');
  const { migrate } = await productModule<Migrate>('services/shared/database/migrate.js');
  const orm = await connectOrm(url, 2);
  await migrate(orm).finally(() => orm.close());
  await withClient(url, async (client) => {
    await client.query('insert into partner_key (name, token_hash, scopes) values ($1, $2, $3)', [
      'Бот',
      createHash('sha256').update(TOKEN).digest('hex'),
      ['inquiries:read', 'inquiries:write'],
    ]);
    await client.query(FLOOR_FUNCTION);
  });
  return { url, token: TOKEN, source: (weights) => makeSource(url, weights) };
}

/** A source with operators of its own, who are always there. */
async function makeSource(url: string, weights: readonly string[]): Promise<BenchSource> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ first: number }>(
      'select coalesce(max(id), 0)::int + 1 as first from operator',
    );
    const firstOperator = rows[0]!.first;
    await client.query('begin');
    await client.query(
      `insert into app_user (id, last_name, first_name, role_id)
       select n, 'Смирнова', 'Анна', (select id from role where name = 'operator')
       from generate_series($1::int, $1::int + $2::int - 1) n`,
      [firstOperator, weights.length],
    );
    await client.query(
      `insert into operator (id, user_id, alias, max_load, skills)
       select n, n, 'Оператор ' || n, $3, '{}' from generate_series($1::int, $1::int + $2::int - 1) n`,
      [firstOperator, weights.length, NO_LIMIT],
    );
    const name = `Источник ${firstOperator}`;
    const { rows: made } = await client.query<{ id: string }>(
      `insert into source (name, name_key, skills) values ($1, lower($1), '{}') returning id`,
      [name],
    );
    const key = made[0]!.id;
    await client.query(
      `insert into source_weight (source_id, operator_id, weight)
       select $1, $2::int + n - 1, w from unnest($3::numeric[]) with ordinality w(w, n)`,
      [key, firstOperator, weights],
    );
    await client.query('commit');
    await client.query('analyze');
    return { key, name, weights, firstOperator };
  });
}
