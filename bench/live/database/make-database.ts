import type { Client } from 'pg';
import { withClient } from '../../dataset/database.ts';
import { databaseAt } from '../../shared/cluster.ts';
import { productModule } from '../../shared/product-module.ts';
import { makePeople, type People } from './make-people.ts';

type Orm = typeof import('../../../src/services/shared/database/orm.ts');
type Migrate = typeof import('../../../src/services/shared/database/migrate.ts');

const DATABASE = 'bench_live';

/** A database of the product with nobody but who subscribes, made anew: calls are written into it. */
export interface LiveDatabase {
  readonly url: string;
  readonly people: People;
}

/** @param users how many different users and operators there are to be */
export async function makeDatabase(server: string, users: number): Promise<LiveDatabase> {
  const url = databaseAt(server, DATABASE);
  await withClient(server, async (client) => {
    await client.query(`drop database if exists ${DATABASE} with (force)`);
    await client.query(`create database ${DATABASE}`);
  });
  const { connectOrm } = await productModule<Orm>('services/shared/database/orm.js');
  const { migrate } = await productModule<Migrate>('services/shared/database/migrate.js');
  const orm = await connectOrm(url, 2);
  await migrate(orm).finally(() => orm.close());
  const people = await withClient(url, (client: Client) => makePeople(client, users));
  return { url, people };
}
