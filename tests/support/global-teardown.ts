import { join } from 'node:path';

/** Runs once after all tests, whether they passed or not: the run's own PostgreSQL goes, with all its data. */
export default async function tearDown(): Promise<void> {
  const { stopTestServer } = (await import(
    join(import.meta.dirname, 'test-server.ts')
  )) as typeof import('./test-server.js');
  await stopTestServer();
}
