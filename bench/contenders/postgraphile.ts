import { BENCH } from '../shared/places.ts';
import { type Running, startProcess } from './start-process.ts';

/** Starts PostGraphile in its production mode. */
export function startPostgraphile(databaseUrl: string, poolSize: number): Promise<Running> {
  return startProcess(
    ['contenders/postgraphile-server.ts'],
    {
      NODE_ENV: 'production',
      GRAPHILE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      DATABASE_POOL_SIZE: String(poolSize),
    },
    BENCH,
  );
}
