import { join } from 'node:path';
import type { Cluster } from '../../src/services/shared/postgres/start-cluster.ts';
import { DATA } from './places.ts';
import { productModule } from './product-module.ts';

type StartCluster = typeof import('../../src/services/shared/postgres/start-cluster.ts');

/**
 * PostgreSQL's settings, the same for everybody who is measured: enough memory for all that is read, nothing that
 * waits for a disk, and nobody at work in the background.
 */
export const POSTGRES_SETTINGS: Readonly<Record<string, string>> = {
  shared_buffers: '1GB',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  jit: 'off',
  random_page_cost: '1.1',
  max_wal_size: '8GB',
  checkpoint_timeout: '1h',
  maintenance_work_mem: '256MB',
  autovacuum: 'off',
};

/** Runs the bench's own PostgreSQL, made by the product's means. */
export async function openCluster(log: (line: string) => void): Promise<Cluster> {
  const { startCluster } = await productModule<StartCluster>('services/shared/postgres/start-cluster.js');
  return startCluster({ directory: join(DATA, 'postgres'), settings: POSTGRES_SETTINGS, log });
}

/** The address of another database of the same server. */
export function databaseAt(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
