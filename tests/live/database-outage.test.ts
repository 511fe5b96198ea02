import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { WebSocket } from 'ws';
import { CallStatus } from '../../src/entities/calls/call-status.enum.js';
import { recordCalls } from '../../src/services/calls/record-calls.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { until } from '../support/load-process.js';
import { startProduct } from '../support/product.js';
import { signInUser } from '../support/sign-ins.js';

interface CallFeed {
  readonly cursor: string;
  readonly call: { readonly durationSeconds: number } | null;
}

const FEED = 'subscription ($after: Cursor) { callFeed(after: $after) { cursor call { durationSeconds } } }';
const KILLS = 25;

/** Follows over one socket after the other, each behind what came over the last. */
function tail(url: string, token: string, after: string) {
  const seen: (number | null)[] = [];
  let cursor = after;
  let stopped = false;
  let sockets = 0;
  let socket: WebSocket;
  const connect = () => {
    if (stopped) return;
    sockets += 1;
    socket = new WebSocket(url, 'graphql-transport-ws');
    const say = (message: object) => socket.send(JSON.stringify(message));
    socket.on('open', () => say({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
    socket.on('message', (data) => {
      const { type, payload } = JSON.parse(String(data)) as {
        type: string;
        payload?: { data?: { callFeed: CallFeed } };
      };
      if (type === 'connection_ack') {
        say({ id: '1', type: 'subscribe', payload: { query: FEED, variables: { after: cursor } } });
      } else if (type === 'next' && payload?.data) {
        ({ cursor } = payload.data.callFeed);
        seen.push(payload.data.callFeed.call?.durationSeconds ?? null);
      } else if (type === 'error') socket.close();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => setTimeout(connect, 20));
  };
  connect();
  return {
    seen,
    sockets: () => sockets,
    stop: () => {
      stopped = true;
      socket.terminate();
    },
  };
}

describe('a database that drops its connections again and again', () => {
  it('costs a follower no event and no content of one', async () => {
    const product = await startProduct({ env: { READ_PLANS: 'on', MAX_SUBSCRIPTIONS_PER_USER: '1000' } });
    const { token } = await signInUser(product.database, { role: 'admin' });
    const start = (await product.graphql('{ feedCursor }', {}, token)).data.feedCursor;
    const client = tail(product.socketUrl, token, start);
    const killer = new Client({ connectionString: product.databaseUrl });
    await killer.connect();
    let writing = true;
    let serial = 0;
    let written = 0;
    const writer = (async () => {
      while (writing) {
        serial += 1;
        const call = {
          exchange: 't',
          externalId: `s${serial}`,
          caller: '+79991112233',
          called: '+79991112244',
          status: CallStatus.COMPLETED,
          startedAt: new Date(),
          durationSeconds: serial,
        };
        await product.database
          .transact(systemActor('test'), (work) => recordCalls(work, [call]))
          .then(() => {
            written += 1;
          })
          .catch(() => undefined);
        await sleep(3);
      }
    })();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = written;
      await until(async () => written > before + 1, 'calls between two ends');
      await killer.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
    }
    writing = false;
    await writer;
    const { rows } = await killer.query<{ seconds: number }>(
      'select duration_seconds as seconds from call order by id',
    );
    await killer.end();
    const recorded = rows.map(({ seconds }) => seconds);
    expect(recorded.length).toBeGreaterThan(KILLS);
    await until(async () => client.seen.length >= recorded.length, `${recorded.length} calls`);
    expect(client.seen).toEqual(recorded);
    client.stop();
    await product.stop();
  });
});
