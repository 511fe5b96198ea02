import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { pino } from 'pino';
import { readConfig } from '../../src/config.js';
import { buildServer, type Server } from '../../src/server.js';
import type { Draws } from '../../src/services/distribution/draws.js';
import type { Database } from '../../src/services/shared/database/database.js';
import type { Clock } from '../../src/services/shared/time/clock.js';
import { createDatabase } from './database.js';
import { TEST_JWT_SECRET } from './sign-ins.js';

/** What a GraphQL request was answered with. */
export interface Answer<Data = Record<string, unknown>> {
  readonly status: number;
  readonly data: Data | null | undefined;
  readonly errors:
    | readonly { message: string; path?: readonly (string | number)[]; extensions: { code: string; path?: string[] } }[]
    | undefined;
}

/** The real server on a database of its own, listening on loopback. */
export interface Product {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** `ws://127.0.0.1:port/graphql` */
  readonly socketUrl: string;
  readonly server: Server;
  readonly database: Database;
  readonly databaseUrl: string;
  readonly dataDir: string;
  /** Sends a query or a mutation over HTTP, as a client would. */
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape that the document asks for
  graphql<Data = any>(document: string, variables?: object, token?: string): Promise<Answer<Data>>;
  /** Runs a typed operation of tests/operations; an error fails the test. */
  run<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    token?: string,
  ): Promise<Data>;
  stop(): Promise<void>;
}

// All of a file's sign-ins come from one address; every query is answered in both ways.
const ENVIRONMENT = {
  NODE_ENV: 'test',
  DEMO: '0',
  PASSWORD_CHECKS_PER_MINUTE: '100000',
  READ_PLANS: 'compare',
  SOCKET_FAREWELL_SECONDS: '0',
};

/** Starts the product on a fresh copy of the migrated template. */
export async function startProduct(
  options: { readonly env?: NodeJS.ProcessEnv; readonly clock?: Clock; readonly draws?: Draws } = {},
): Promise<Product> {
  const { url: databaseUrl, drop } = await createDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'switchboard-test-'));
  const config = readConfig({ ...ENVIRONMENT, DATA_DIR: dataDir, ...options.env });
  const server = await buildServer(config, {
    databaseUrl,
    jwtSecret: TEST_JWT_SECRET,
    logger: pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' }),
    ...(options.clock ? { clock: options.clock } : {}),
    ...(options.draws ? { draws: options.draws } : {}),
  });
  const url = await server.app.listen({ port: 0, host: '127.0.0.1' });
  server.markReady();
  return {
    url,
    socketUrl: `${url.replace('http', 'ws')}/graphql`,
    server,
    database: server.house.database,
    databaseUrl,
    dataDir,
    graphql: (document, variables, token) => send(url, document, variables, token),
    run: async <Data, Variables>(
      document: TypedDocumentNode<Data, Variables>,
      variables: Variables,
      token?: string,
    ) => {
      const { data, errors } = await send<Data>(url, print(document), variables as object, token);
      if (errors || !data) throw new Error(`Refused: ${JSON.stringify(errors)}`);
      return data;
    },
    stop: async () => {
      await server.close();
      await drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Sends a query or a mutation to a server at an address, as a client would. */
export async function send<Data>(
  url: string,
  query: string,
  variables?: object,
  token?: string,
): Promise<Answer<Data>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as Answer<Data>;
  return { status: response.status, data, errors };
}
