import { join } from 'node:path';
import { Client } from 'pg';

const TEMPLATE = 'switchboard_template';

/**
 * Runs once before all tests: finds them a PostgreSQL server (`DATABASE_URL`, or one started for this run) and makes
 * the database that theirs are copies of. `TEST_DATABASE_SERVER` tells the tests where the server is.
 */
export default async function setUp(): Promise<void> {
  const { startTestServer, stopTestServer } = (await import(
    join(import.meta.dirname, 'test-server.ts')
  )) as typeof import('./test-server.js');
  const server = process.env.DATABASE_URL || (await startTestServer());
  process.env.TEST_DATABASE_SERVER = server;
  try {
    await makeTemplate(server);
  } catch (error) {
    // Jest skips the teardown of a setup that failed.
    await stopTestServer();
    throw error;
  }
}

async function makeTemplate(server: string): Promise<void> {
  const { prepareTemplate } = (await import(
    join(import.meta.dirname, 'template.ts')
  )) as typeof import('./template.js');
  const client = new Client({ connectionString: server });
  // It waits idle for the template, and must not bring the run down from outside a query when the server is stopped.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`drop database if exists ${TEMPLATE} with (force)`);
    await client.query(`create database ${TEMPLATE}`);
    const url = new URL(server);
    url.pathname = `/${TEMPLATE}`;
    await prepareTemplate(url.href);
    await client.query(`alter database ${TEMPLATE} allow_connections false`);
  } finally {
    await client.end();
  }
}
