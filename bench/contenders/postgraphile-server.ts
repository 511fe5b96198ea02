import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { grafserv } from 'postgraphile/grafserv/node';
import { announceListening } from '../shared/announce-listening.ts';
import { presetFor } from './postgraphile-preset.ts';

/** PostGraphile as a process of its own: `DATABASE_URL`, `DATABASE_POOL_SIZE`; it says where it listens. */
const { DATABASE_URL = '', DATABASE_POOL_SIZE = '10' } = process.env;
const instance = postgraphile(presetFor(DATABASE_URL, Number(DATABASE_POOL_SIZE)));
const server = createServer();
server.on('error', (error) => {
  throw error;
});
await instance.createServ(grafserv).addTo(server);
await instance.getSchema();
announceListening(server);
