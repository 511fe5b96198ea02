import { ApolloClient, InMemoryCache } from '@apollo/client';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { type GraphQLFormattedError, parse } from 'graphql';
import { createClient } from 'graphql-ws';
import { until } from '../support/load-process.js';

const TAIL = `subscription ($after: Cursor, $filter: CallFeedFilter) { callFeed(after: $after, filter: $filter) {
  cursor gap { reason message } call { id } } }`;

/** A message of the feed of calls. */
export interface TailMessage {
  readonly cursor: string;
  readonly gap: { readonly reason: string; readonly message: string } | null;
  readonly call: { readonly id: string } | null;
}

interface TailData {
  readonly callFeed: TailMessage;
}

/** A subscription of a stock client: what came, and how it ended. */
export class StockTail {
  readonly messages: TailMessage[] = [];
  /** The errors that the subscription was refused with. */
  errors: readonly GraphQLFormattedError[] = [];
  /** The code that the socket was closed with. */
  closeCode: number | undefined;
  ended = false;
  stop: () => void = () => undefined;

  /** The ids of the calls that it was told of. */
  get calls(): (string | undefined)[] {
    return this.messages.map(({ call }) => call?.id);
  }

  untilMessages(count: number): Promise<void> {
    return until(
      async () => this.messages.length >= count,
      `${count} messages; ${this.messages.length} came, ${JSON.stringify(this.errors)} ${this.closeCode}`,
    );
  }

  untilEnded(): Promise<void> {
    return until(async () => this.ended, 'the end of the subscription');
  }
}

/** Where to, and as whom. */
export interface TailOptions {
  /** `http://host:port` */
  readonly url: string;
  readonly token: string;
  readonly after?: string | undefined;
}

/** A graphql-ws client as its documentation has it, but that it does not try again by itself. */
function stockClient({ url, token }: TailOptions, tail: StockTail) {
  return createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    connectionParams: { Authorization: `Bearer ${token}` },
    retryAttempts: 0,
    on: {
      closed: (event) => {
        tail.closeCode = (event as CloseEvent).code;
      },
    },
  });
}

/** Tails by graphql-ws. */
export function tailByGraphqlWs(options: TailOptions): StockTail {
  const tail = new StockTail();
  const client = stockClient(options, tail);
  const unsubscribe = client.subscribe<TailData>(
    { query: TAIL, variables: { after: options.after } },
    {
      next: ({ data }) => {
        if (data) tail.messages.push(data.callFeed);
      },
      error: (error) => {
        if (Array.isArray(error)) tail.errors = error;
        tail.ended = true;
      },
      complete: () => {
        tail.ended = true;
      },
    },
  );
  tail.stop = () => {
    unsubscribe();
    void client.dispose();
  };
  return tail;
}

/** Tails by Apollo Client over its link for graphql-ws. */
export function tailByApollo(options: TailOptions): StockTail {
  const tail = new StockTail();
  const socket = stockClient(options, tail);
  const client = new ApolloClient({ link: new GraphQLWsLink(socket), cache: new InMemoryCache() });
  const end = (error: unknown) => {
    if (CombinedGraphQLErrors.is(error)) tail.errors = error.errors;
    tail.ended = true;
  };
  const subscription = client
    .subscribe<TailData>({ query: parse(TAIL), variables: { after: options.after } })
    .subscribe({
      next: ({ data, error }) => {
        if (data) tail.messages.push(data.callFeed);
        if (error) end(error);
      },
      error: end,
      complete: () => {
        tail.ended = true;
      },
    });
  tail.stop = () => {
    subscription.unsubscribe();
    client.stop();
    void socket.dispose();
  };
  return tail;
}
