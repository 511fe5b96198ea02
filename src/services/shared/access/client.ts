/** From where somebody asks, as far as it is known; what a client says of itself is its word, not a proof. */
export interface Client {
  /** The network address; null for what the product does by itself. */
  readonly address: string | null;
  /** The user agent, as its header names it. */
  readonly agent: string | null;
  /** What the client calls itself, as Apollo's clients send it. */
  readonly name: string | null;
  readonly version: string | null;
}

/** Headers of a request, by their names in small letters. */
export type ClientHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Of each text so many characters are kept. */
const LONGEST = { address: 100, agent: 300, name: 100, version: 50 } as const;

/** No client: a worker, a load from the command line. */
export const NO_CLIENT: Client = { address: null, agent: null, name: null, version: null };

/** A client of which only the address is known. */
export function clientAt(address: string): Client {
  return { ...NO_CLIENT, address };
}

/**
 * The client of a request, by its address and its headers: `user-agent`, and `apollographql-client-name` and
 * `apollographql-client-version`, which Apollo's clients send. Too long a text is cut off.
 */
export function clientOf(address: string, headers: ClientHeaders): Client {
  return {
    address: address.slice(0, LONGEST.address),
    agent: bounded(headers['user-agent'], LONGEST.agent),
    name: bounded(headers['apollographql-client-name'], LONGEST.name),
    version: bounded(headers['apollographql-client-version'], LONGEST.version),
  };
}

function bounded(header: string | readonly string[] | undefined, longest: number): string | null {
  const text = typeof header === 'string' ? header : header?.[0];
  return text ? text.slice(0, longest) : null;
}
