import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** A database that one test has for itself. */
export interface TestDatabase {
  readonly url: string;
  /** Removes the database, and ends the connections that it still has. */
  drop(): Promise<void>;
}

/** Makes a database as `prepareTemplate` leaves one: migrated, and empty of anything that tests write. */
export async function createDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(`create database ${name} template switchboard_template strategy file_copy`);
  const url = new URL(server());
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`drop database if exists ${name} with (force)`) };
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: server() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function server(): string {
  const url = process.env.TEST_DATABASE_SERVER;
  if (!url) throw new Error('TEST_DATABASE_SERVER is not set: tests run under Jest, whose global setup sets it');
  return url;
}
