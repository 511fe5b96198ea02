import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';

/** What the graph refuses: `codes` are the stable ones of its errors. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly codes: readonly string[];

  constructor(errors: readonly { readonly message: string; readonly extensions?: { readonly code?: unknown } }[]) {
    super(errors.map(({ message }) => message).join(' '));
    this.codes = errors.map(({ extensions }) => String(extensions?.code));
  }
}

/**
 * Sends a query or a mutation.
 *
 * @param url `http://host:port`
 * @throws Refused where the graph answers with errors; else what `fetch` throws
 */
export async function ask<Data, Variables>(
  url: string,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  token?: string,
): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query: print(document), variables }),
    signal: AbortSignal.timeout(30_000),
  });
  const { data, errors } = (await response.json()) as {
    data?: Data | null;
    errors?: ConstructorParameters<typeof Refused>[0];
  };
  if (errors) throw new Refused(errors);
  if (!data) throw new Error(`The server answered with HTTP ${response.status} and no data.`);
  return data;
}
