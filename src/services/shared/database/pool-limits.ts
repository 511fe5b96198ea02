import type { PoolConfig } from 'pg';

/**
 * What bounds the waiting on a database that does not answer, in milliseconds: for a connection, for a statement
 * (longer than the minute after which the server itself ends one), and until a silent peer is asked for a sign of life.
 */
export const POOL_LIMITS = {
  connectionTimeoutMillis: 10_000,
  query_timeout: 75_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
} as const satisfies PoolConfig;
