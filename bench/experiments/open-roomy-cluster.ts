import { join } from 'node:path';
import type { Cluster } from '../../src/services/shared/postgres/start-cluster.ts';
import { POSTGRES_SETTINGS } from '../shared/cluster.ts';
import { DATA } from '../shared/places.ts';
import { productModule } from '../shared/product-module.ts';

type StartCluster = typeof import('../../src/services/shared/postgres/start-cluster.ts');

/** The bench's settings, with room for the connections of all variants at once. */
export const ROOMY_SETTINGS: Readonly<Record<string, string>> = { ...POSTGRES_SETTINGS, max_connections: '300' };

/** Runs the bench's own PostgreSQL; one that runs already keeps its settings, and may have too few connections. */
export async function openRoomyCluster(log: (line: string) => void): Promise<Cluster> {
  const { startCluster } = await productModule<StartCluster>('services/shared/postgres/start-cluster.js');
  return startCluster({ directory: join(DATA, 'postgres'), settings: ROOMY_SETTINGS, log });
}
