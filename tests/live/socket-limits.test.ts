import { once } from 'node:events';
import { WebSocket } from 'ws';
import { until } from '../support/load-process.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors } from '../support/sign-ins.js';
import { untilNobodyListens } from '../support/subscribe.js';

const FEED = 'subscription { callFeed { cursor } }';

let product: Product;
let actors: Actors;

/** A bare socket, what came over it, and how it was closed. */
async function connect(token?: string) {
  const socket = new WebSocket(product.socketUrl, 'graphql-transport-ws');
  const messages: { id?: string; type: string; payload?: unknown }[] = [];
  let code: number | undefined;
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  socket.on('close', (closed) => {
    code = closed;
  });
  socket.on('error', () => undefined);
  await once(socket, 'open');
  const say = (message: object) => socket.send(JSON.stringify(message));
  if (token) {
    say({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } });
    await until(async () => messages.length > 0, 'the acknowledgement');
  }
  return {
    socket,
    say,
    subscribe: (id: string) => say({ type: 'subscribe', id, payload: { query: FEED } }),
    messages,
    code: () => code,
    closed: () => until(async () => code !== undefined, 'the end of the socket').then(() => code),
  };
}
const refusals = (messages: readonly { type: string; payload?: unknown }[]) =>
  messages
    .filter(({ type }) => type === 'error')
    .map(({ payload }) => (payload as { extensions: { code: string } }[])[0]!.extensions.code);

beforeAll(async () => {
  product = await startProduct({
    env: {
      MAX_SUBSCRIPTIONS_PER_SOCKET: '3',
      MAX_SUBSCRIPTIONS_PER_USER: '5',
      SOCKET_INIT_SECONDS: '1',
      SOCKET_IDLE_SECONDS: '2',
      SOCKET_PING_SECONDS: '2',
      SOCKET_MESSAGE_BYTES: '2048',
    },
  });
  actors = await createActors(product.database);
});
afterAll(() => product.stop());

describe('the limits of a socket', () => {
  it('are so many subscriptions of one socket, and of one user over all of theirs', async () => {
    const first = await connect(actors.admin.token);
    for (const id of ['a', 'b', 'c', 'd']) first.subscribe(id);
    await until(async () => refusals(first.messages).length === 1, 'the refusal of the fourth');
    // Each socket's are opened in their order, those of two side by side.
    await until(async () => product.server.hub.subscriptions === 3, 'the first three');
    const second = await connect(actors.admin.token);
    for (const id of ['a', 'b', 'c']) second.subscribe(id);
    await until(async () => refusals(second.messages).length === 1, 'the refusal of the sixth');
    expect([...refusals(first.messages), ...refusals(second.messages)]).toEqual(['LIMIT_EXCEEDED', 'LIMIT_EXCEEDED']);
    const other = await connect(actors.supervisor.token);
    other.subscribe('a');
    await until(async () => product.server.hub.subscriptions === 6, 'that of somebody else');
    // What has ended does not count.
    first.say({ type: 'complete', id: 'a' });
    await until(async () => product.server.hub.subscriptions === 5, 'the end of one');
    second.subscribe('d');
    await until(async () => product.server.hub.subscriptions === 6, 'one in its place');
    for (const { socket } of [first, second, other]) socket.close();
    await untilNobodyListens(product);
  });

  it('are a time to say who it is, a time without a subscription, and a size of messages', async () => {
    const silent = await connect();
    const idle = await connect(actors.admin.token);
    const loud = await connect(actors.admin.token);
    loud.say({ type: 'ping', payload: { text: 'x'.repeat(3_000) } });
    expect(await loud.closed()).toBe(1009);
    expect(await silent.closed()).toBe(4408);
    expect(await idle.closed()).toBe(4440);
  });

  it('let a socket be for as long as it has a subscription and answers', async () => {
    const listening = await connect(actors.admin.token);
    listening.subscribe('a');
    await new Promise((resume) => setTimeout(resume, 3_500));
    expect(listening.code()).toBeUndefined();
    listening.socket.close();
    await untilNobodyListens(product);
  });

  it('drop a socket whose other end does not answer', async () => {
    const gone = await connect(actors.admin.token);
    gone.subscribe('a');
    await until(async () => product.server.hub.subscriptions === 1, 'the subscription');
    gone.socket.pause();
    await untilNobodyListens(product);
    gone.socket.terminate();
  });
});
