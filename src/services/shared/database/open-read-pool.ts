import { Pool } from 'pg';
import { SESSION } from './orm.js';
import { POOL_LIMITS } from './pool-limits.js';

/** How long a connection that nobody uses is kept, with what it has prepared, in milliseconds. */
const IDLE_MS = 300_000;

/**
 * Connections for prepared reads; none is made before the first read.
 *
 * They cannot write. A statement is planned once a connection, for any values: planning a large one anew takes longer
 * than running it, and what a plan should depend on stands in the statement itself.
 */
export function openReadPool(url: string, size: number): Pool {
  const pool = new Pool({
    ...POOL_LIMITS,
    connectionString: url,
    max: size,
    idleTimeoutMillis: IDLE_MS,
    allowExitOnIdle: true,
    application_name: 'switchboard reads',
    options: `${SESSION} -c plan_cache_mode=force_generic_plan -c default_transaction_read_only=on`,
  });
  // A connection that breaks while nobody uses it is replaced when it is needed.
  pool.on('error', () => {});
  // The pool listens to idle ones alone. One that is held fails what runs on it next; an error without a listener would
  // end the process.
  pool.on('connect', (client) => {
    client.on('error', () => {});
  });
  return pool;
}
