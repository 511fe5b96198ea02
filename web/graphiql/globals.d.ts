/** What the scripts of `page.html` leave on the window; the rest of the page's code is modules. */

interface GraphQLAnswer {
  data?: unknown;
  errors?: readonly { message: string; extensions?: { code?: string } }[];
}

interface GraphQLOperation {
  query: string;
  operationName?: string | null;
  variables?: unknown;
}

interface FetcherOptions {
  headers?: Record<string, string>;
  documentAST?: import('graphql').DocumentNode;
}

interface Observer {
  next(answer: GraphQLAnswer): void;
  error(cause: unknown): void;
  complete(): void;
}

interface Subscribable {
  subscribe(observer: Observer): { unsubscribe(): void };
}

type Fetcher = (operation: GraphQLOperation, options?: FetcherOptions) => Promise<GraphQLAnswer> | Subscribable;

/** `@graphql-yoga/render-graphiql`: options that are not its own go on to GraphiQL. */
declare const YogaGraphiQL: {
  renderYogaGraphiQL(
    root: Element,
    options: {
      fetcher: Fetcher;
      title: string;
      logo: string;
      defaultQuery: string;
      shouldPersistHeaders: boolean;
      onEditQuery(): void;
    },
  ): void;
};

/** `graphql-ws/umd`. */
declare const graphqlWs: typeof import('graphql-ws/client');

/** Read by Monaco when it starts a worker. */
declare var MonacoEnvironment: { getWorker(moduleId: string, label: string): Worker };
