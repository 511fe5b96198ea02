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

const PATIENCE_MS = 30_000;

async function eventually(met: () => boolean, what: () => string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!met()) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what()}.`);
    await sleep(5);
  }
}

/** Waits until the server has let every listener go. */
export function untilNobodyListens(product: Pick<Product, 'server'>): Promise<void> {
  const { hub } = product.server;
  return eventually(
    () => hub.subscriptions === 0,
    () => `${hub.subscriptions} listeners to go`,
  );
}

/** What came over a socket so far. */
class Received<Data> {
  readonly events: Data[] = [];
  readonly errors: Subscriber<Data>['errors'] = [];
  closeCode: number | undefined;
  ended = false;

  next({ data, errors }: { data?: Data | null; errors?: unknown }): void {
    if (data) this.events.push(data);
    if (errors) this.errors.push(...(errors as Subscriber<Data>['errors']));
  }

  end(errors?: unknown): void {
    if (Array.isArray(errors)) this.errors.push(...errors);
    this.ended = true;
  }

  /** What a test asks of it. */
  asked(): Pick<Subscriber<Data>, 'events' | 'errors' | 'closeCode' | 'until' | 'untilOne' | 'untilEnded'> {
    const { events, errors } = this;
    const came = () => `${events.length} came, errors ${JSON.stringify(errors)}`;
    return {
      events,
      errors,
      closeCode: () => this.closeCode,
      until: async (count) => {
        await eventually(
          () => events.length >= count,
          () => `${count} events; ${came()}`,
        );
        return events;
      },
      untilOne: (isIt) =>
        eventually(
          () => events.some(isIt),
          () => `a certain event; ${came()}`,
        ),
      untilEnded: () =>
        eventually(
          () => this.ended,
          () => 'the end of the subscription',
        ),
    };
  }
}

const turns = new WeakMap<object, Promise<unknown>>();

/** Runs what counts listeners when nobody else does: it would take another's for its own. */
function oneAfterTheOther<Result>(hub: object, run: () => Promise<Result>): Promise<Result> {
  const turn = (turns.get(hub) ?? Promise.resolve()).then(run, run);
  turns.set(hub, turn);
  return turn;
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
  const received = new Received<Data>();
  const client = createClient({
    url: product.socketUrl,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    lazy: true,
    ...(options.token ? { connectionParams: { Authorization: `Bearer ${options.token}` } } : {}),
    on: {
      closed: (event) => {
        received.closeCode = (event as { code: number }).code;
        received.end();
      },
    },
  });
  const begin = () =>
    client.subscribe<Data>(
      { query: document, variables: options.variables ?? {} },
      {
        next: (result) => received.next(result),
        error: (error) => received.end(error),
        complete: () => received.end(),
      },
    );
  const { hub } = product.server;
  const unsubscribe =
    options.awaitListener === false
      ? begin()
      : await oneAfterTheOther(hub, async () => {
          const before = hub.subscriptions;
          const end = begin();
          await eventually(
            () => received.ended || hub.subscriptions > before,
            () => 'the subscription',
          );
          return end;
        });
  const stop = async () => {
    unsubscribe();
    await client.dispose();
  };
  return { client, ...received.asked(), stop };
}

/** How long a socket is given to refuse what it is asked, in milliseconds. */
const REFUSED_WITHIN_MS = 1_000;

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
