import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Product } from './product.js';

/** A stock graphql-ws client's socket, and what came over it. */
export interface Subscriber<Data> {
  readonly client: Client;
  /** What each `next` carried. */
  readonly events: Data[];
  /** The errors of the subscription's end, if it had any. */
  readonly errors: { message: string; extensions?: { code?: string } }[];
  /** The code that the server closed the socket with. */
  closeCode(): number | undefined;
  /** Waits until so many events came. */
  until(count: number): Promise<Data[]>;
  /** Waits until an event came that is one of those looked for. */
  untilOne(isIt: (event: Data) => boolean): Promise<void>;
  /** Waits until the subscription ended or the socket closed. */
  untilEnded(): Promise<void>;
  stop(): Promise<void>;
}

const PATIENCE_MS = 10_000;

async function eventually(met: () => boolean, what: () => string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!met()) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what()}.`);
    await sleep(5);
  }
}

/** Waits until the server has let every listener go. */
export function untilNobodyListens(product: Pick<Product, 'server'>): Promise<void> {
  const { feed } = product.server.house;
  return eventually(
    () => feed.listeners === 0,
    () => `${feed.listeners} listeners to go`,
  );
}

/** Subscribes as a stock client does, and resolves when the server listens. */
export async function subscribe<Data>(
  product: Pick<Product, 'socketUrl' | 'server'>,
  document: string,
  options: {
    readonly token?: string;
    readonly variables?: Record<string, unknown>;
    readonly awaitListener?: boolean;
  } = {},
): Promise<Subscriber<Data>> {
  let closeCode: number | undefined;
  let ended = false;
  const client = createClient({
    url: product.socketUrl,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    lazy: true,
    ...(options.token ? { connectionParams: { Authorization: `Bearer ${options.token}` } } : {}),
    on: {
      closed: (event) => {
        closeCode = (event as { code: number }).code;
        ended = true;
      },
    },
  });
  const events: Data[] = [];
  const errors: Subscriber<Data>['errors'] = [];
  const before = product.server.house.feed.listeners;
  const unsubscribe = client.subscribe<Data>(
    { query: document, variables: options.variables ?? {} },
    {
      next: (result) => {
        if (result.data) events.push(result.data);
        if (result.errors) errors.push(...(result.errors as Subscriber<Data>['errors']));
      },
      error: (error) => {
        if (Array.isArray(error)) errors.push(...error);
        ended = true;
      },
      complete: () => {
        ended = true;
      },
    },
  );
  if (options.awaitListener !== false) {
    await eventually(
      () => ended || product.server.house.feed.listeners > before,
      () => 'the subscription',
    );
  }
  return {
    client,
    events,
    errors,
    closeCode: () => closeCode,
    until: async (count) => {
      await eventually(
        () => events.length >= count,
        () => `${count} events; ${events.length} came, errors ${JSON.stringify(errors)}`,
      );
      return events;
    },
    untilOne: (isIt) =>
      eventually(
        () => events.some(isIt),
        () => `a certain event; ${events.length} others came, errors ${JSON.stringify(errors)}`,
      ),
    untilEnded: () =>
      eventually(
        () => ended,
        () => 'the end of the subscription',
      ),
    stop: async () => {
      unsubscribe();
      await client.dispose();
    },
  };
}

/** How long a socket is given to refuse what it is asked, in milliseconds. */
const REFUSED_WITHIN_MS = 300;

/** What comes of a subscription that a client's socket asks for: the code that it is refused with, or `subscribed`. */
export function outcomeOf({ client }: Pick<Subscriber<unknown>, 'client'>, payload: object): Promise<string> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('subscribed'), REFUSED_WITHIN_MS);
    client.subscribe(payload as never, {
      next: () => undefined,
      complete: () => undefined,
      error: (errors) => {
        clearTimeout(timer);
        resolve((errors as { extensions: { code: string } }[])[0]!.extensions.code);
      },
    });
  });
}
