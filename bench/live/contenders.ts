import { join } from 'node:path';
import { BENCH, DATA, PRODUCT } from '../shared/places.ts';
import { productModule } from '../shared/product-module.ts';
import { startFlags } from '../shared/start-flags.ts';
import type { LiveDatabase } from './database/make-database.ts';
import type { Login } from './database/make-people.ts';
import type { Audience, LiveMessage, Pace, Written } from './live-message.ts';
import { Child } from './processes/child.ts';
import { stockToken } from './servers/stock-users.ts';

type Tokens = typeof import('../../src/services/identity/access-tokens.ts');

/** Who is measured: in tables by these names. */
export const CONTENDERS = ['product', 'graphql-ws', 'ws', 'ws in batches'] as const;
export type ContenderName = (typeof CONTENDERS)[number];

const COLLECT = join(BENCH, 'live/processes/collect-on-request.ts');
/** No limit of the product's may be what is measured. */
const ROOMY = { MAX_SUBSCRIPTIONS_PER_USER: '100000', MAX_QUEUED_EVENTS: '1000' } as const;
const POOL_SIZE = 10;

/** A server that is measured, with whoever makes its events. */
export interface Contender {
  readonly name: ContenderName;
  readonly server: Child;
  readonly port: number;
  /** A process beside the server that works for it; the peers make their events themselves. */
  readonly writer: Child | undefined;
  /**
   * Gets ready for sockets, and tells the token of each; none where a socket only connects.
   *
   * @param base what the product shows of a call, which the peers' events are made like
   */
  admit(audience: Audience, sockets: number, base: LiveMessage | undefined): Promise<(string | null)[]>;
  publish(count: number): Promise<void>;
  steady(pace: Pace): Promise<Written[]>;
}

/** Starts a contender; `parts` ends it. */
export async function startContender(
  name: ContenderName,
  database: LiveDatabase,
  jwtSecret: string,
  parts: AsyncDisposableStack,
): Promise<Contender> {
  return name === 'product' ? startProduct(database, jwtSecret, parts) : startPeer(name, parts);
}

async function startServer(
  program: string,
  environment: Readonly<Record<string, string>>,
  directory: string,
  parts: AsyncDisposableStack,
): Promise<{ server: Child; port: number }> {
  const server = new Child([...startFlags(), '--expose-gc', '--import', COLLECT, program], environment, directory);
  parts.defer(() => server.stop());
  return { server, port: await server.port() };
}

async function startProduct(
  { url, people }: LiveDatabase,
  jwtSecret: string,
  parts: AsyncDisposableStack,
): Promise<Contender> {
  const environment = {
    ...ROOMY,
    DATABASE_URL: url,
    DATABASE_POOL_SIZE: String(POOL_SIZE),
    DATA_DIR: join(DATA, 'product'),
    JWT_SECRET: jwtSecret,
    DEMO: '0',
    PORT: '0',
    LOG_LEVEL: 'warn',
    TIME_ZONE: 'Europe/Moscow',
    CURRENCY: 'RUB',
  };
  const { server, port } = await startServer(join(PRODUCT, 'dist/main.js'), environment, PRODUCT, parts);
  const writer = new Child(['live/writer/writer.ts'], { DATABASE_URL: url }, BENCH);
  parts.defer(() => writer.stop());
  const { AccessTokens } = await productModule<Tokens>('services/identity/access-tokens.js');
  const tokens = new AccessTokens(jwtSecret);
  const logins: Readonly<Record<Audience, readonly Login[]>> = {
    equal: people.admins,
    users: people.supervisors,
    scoped: people.operators,
  };
  return {
    name: 'product',
    server,
    port,
    writer,
    admit: async (audience, sockets) => {
      await writer.ask('aim', audience === 'users' ? [people.commonPhone] : people.phones.slice(0, sockets));
      const of = logins[audience];
      const now = new Date();
      const issued = of.slice(0, sockets).map((login) => tokens.issue({ ...login, kind: 'user' }, now));
      const texts = (await Promise.all(issued)).map(({ token }) => token);
      return Array.from({ length: sockets }, (_, place) => texts[place % texts.length]!);
    },
    publish: (count) => writer.ask('publish', count),
    steady: (pace) => writer.ask('steady', pace),
  };
}

async function startPeer(name: Exclude<ContenderName, 'product'>, parts: AsyncDisposableStack): Promise<Contender> {
  const bare = name !== 'graphql-ws';
  const program = bare ? 'live/servers/bare-server.ts' : 'live/servers/stock-server.ts';
  const environment = { TOGETHER: name === 'ws in batches' ? '1' : '0' };
  const { server, port } = await startServer(program, environment, BENCH, parts);
  return {
    name,
    server,
    port,
    writer: undefined,
    admit: async (audience, sockets, base) => {
      if (base) await server.ask('learn', { audience, sockets, base });
      return Array.from({ length: sockets }, (_, place) => (bare ? null : stockToken(place)));
    },
    publish: (count) => server.ask('publish', count),
    steady: (pace) => server.ask('steady', pace),
  };
}
