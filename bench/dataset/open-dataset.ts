import { databaseAt } from '../shared/cluster.ts';
import { productModule } from '../shared/product-module.ts';
import { withClient } from './database.ts';
import { datasetVersion } from './dataset-version.ts';
import { fillDataset } from './fill-dataset.ts';
import { givePasswords } from './sign-ins.ts';
import { SIZES } from './sizes.ts';
import { verifyDataset } from './verify-dataset.ts';

type Orm = typeof import('../../src/services/shared/database/orm.ts');
type Migrate = typeof import('../../src/services/shared/database/migrate.ts');

const DATABASE = 'bench';
const READER = 'bench_reader';

/** The database that is read from. */
export interface Dataset {
  /** As its owner, as the product connects. */
  readonly url: string;
  /** As a role that may read everything and write nothing. */
  readonly readerUrl: string;
  /** Names the sources that it was made from. */
  readonly version: string;
}

/**
 * Finds the dataset on a server, or makes it where it is missing or was made from other sources.
 *
 * @param anew makes it again in any case
 */
export async function openDataset(
  server: string,
  { anew, log }: { readonly anew: boolean; readonly log: (line: string) => void },
): Promise<Dataset> {
  const url = databaseAt(server, DATABASE);
  const readerUrl = new URL(url);
  readerUrl.username = READER;
  const version = await datasetVersion(SIZES);
  const known = await withClient(server, async (client) => {
    const { rows } = await client.query<{ version: string | null }>(
      `select shobj_description(oid, 'pg_database') as version from pg_database where datname = $1`,
      [DATABASE],
    );
    if (rows[0]?.version === version && !anew) return true;
    await client.query(`drop database if exists ${DATABASE} with (force)`);
    await client.query(`create database ${DATABASE}`);
    return false;
  });
  if (!known) {
    log('Making the dataset, which takes a few minutes the first time');
    await make(url, log);
    // Its last mark: a dataset that was broken off is made anew.
    await withClient(server, (client) => client.query(`comment on database ${DATABASE} is '${version}'`));
  }
  await admitReader(url, readerUrl.password);
  return { url, readerUrl: readerUrl.href, version };
}

async function make(url: string, log: (line: string) => void): Promise<void> {
  const { connectOrm } = await productModule<Orm>('services/shared/database/orm.js');
  const { migrate } = await productModule<Migrate>('services/shared/database/migrate.js');
  const orm = await connectOrm(url, 2);
  try {
    await migrate(orm);
  } finally {
    await orm.close();
  }
  await withClient(url, async (client) => {
    await fillDataset(client, SIZES, log);
    await givePasswords(client);
    log('  looking for what triggers and references would have refused');
    await verifyDataset(client, SIZES);
    await client.query('vacuum (freeze, analyze)');
    await client.query('checkpoint');
  });
}

/** Makes the role that PostGraphile and the floor connect as, with the owner's password. */
async function admitReader(url: string, password: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${READER}') then create role ${READER} login; end if;
    end $$`);
    await client.query(`alter role ${READER} password '${decodeURIComponent(password)}'`);
    await client.query(
      `grant usage on schema public to ${READER}; grant select on all tables in schema public to ${READER}`,
    );
  });
}
