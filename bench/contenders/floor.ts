import { BENCH } from '../shared/places.ts';
import { type Running, startProcess } from './start-process.ts';

/** Starts the floor. */
export function startFloor(databaseUrl: string, poolSize: number): Promise<Running> {
  return startProcess(
    ['contenders/floor/floor-server.ts'],
    { NODE_ENV: 'production', DATABASE_URL: databaseUrl, DATABASE_POOL_SIZE: String(poolSize) },
    BENCH,
  );
}
