/** A field that is asked for, with what of it. */
export interface Selected {
  readonly name: string;
  /** Of a list. */
  readonly page?: PageAsked;
  /** Of an object, and of what a list holds. */
  readonly of?: readonly Selected[];
}

/** Which page of a list is asked for. */
export interface PageAsked {
  readonly first: number;
  /** By its name among the list's orders. */
  readonly order: string;
  /** By their names among the list's filters; what they ask for comes in variables. */
  readonly filters?: readonly string[];
  /** Whether it begins behind a cursor, which comes in a variable; of the root's list only. */
  readonly after?: boolean;
  /** Whether `pageInfo { hasNextPage endCursor }` is asked for. */
  readonly info?: boolean;
}

/** What an operation asks at its root: a page of a type, one object of a type by its id, or any object by its id. */
export type Root =
  | { readonly by: 'page'; readonly type: string; readonly field: string; readonly page: PageAsked }
  | { readonly by: 'id'; readonly type: string; readonly field: string }
  | { readonly by: 'node'; readonly type: string };

/** A question, in terms that both graphs have. */
export interface Operation {
  readonly name: string;
  readonly root: Root;
  /** Of the root's type. */
  readonly fields: readonly Selected[];
}

/** What the arguments of a filter are given, in the order of its declaration. */
export interface FilterValue {
  readonly product: readonly string[];
  readonly peer: readonly string[];
}

/** A place in a list, as each graph writes it. */
export interface Cursors {
  readonly product: string;
  readonly peer: string;
}

/** What changes from request to request. */
export interface Values {
  /** The key of the object at the root. */
  readonly key?: string;
  /** By the filter's place: the names of the lists down to it and its own, such as `contracts.status`. */
  readonly filters?: Readonly<Record<string, FilterValue>>;
  readonly after?: Cursors;
}

/** A request in the form in which a GraphQL server takes it. */
export interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}
