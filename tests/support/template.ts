import { join } from 'node:path';

/**
 * Fills the database that every test's database is a copy of; `url` is its address, and it is empty at the call.
 *
 * It runs once before all tests, outside Jest's module system: TypeScript of `src` cannot be imported here, only what
 * `npm run build` made of it in `dist`. Every connection must be closed when the promise resolves, since PostgreSQL
 * copies no database that somebody is connected to.
 */
export async function prepareTemplate(url: string): Promise<void> {
  const dist = join(import.meta.dirname, '../../dist/services/shared/database');
  const { connectOrm } = (await import(
    join(dist, 'orm.js')
  )) as typeof import('../../src/services/shared/database/orm.js');
  const { migrate } = (await import(
    join(dist, 'migrate.js')
  )) as typeof import('../../src/services/shared/database/migrate.js');
  const orm = await connectOrm(url, 2);
  try {
    await migrate(orm);
  } finally {
    await orm.close();
  }
}
