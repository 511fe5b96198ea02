import { Pool } from 'pg';
import { makePgService } from 'postgraphile/adaptors/pg';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { CONDITIONS } from './postgraphile-conditions.ts';

/**
 * PostGraphile as its documentation recommends it for production: the amber preset, on a pool of the size that the
 * product has, with nothing that serves development, and with conditions for what lists of calls are filtered by.
 */
export function presetFor(databaseUrl: string, poolSize: number): GraphileConfig.Preset {
  const pool = new Pool({ connectionString: databaseUrl, max: poolSize });
  pool.on('error', () => undefined);
  return {
    extends: [PostGraphileAmberPreset],
    plugins: [...CONDITIONS],
    pgServices: [makePgService({ pool, schemas: ['public'] })],
    grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false, websockets: false },
    grafast: { explain: false },
  };
}
