import type { Answer, Product } from '../support/product.js';

/** The client that tests call themselves. */
export const CLIENT = { agent: 'HistoryTest/1.0', name: 'contact-centre', version: '7.3' } as const;

/** Sends a query or a mutation as a client does that says what it is; an error of the request fails the test. */
export async function ask(
  product: Product,
  query: string,
  variables: object = {},
  token?: string,
  headers: Readonly<Record<string, string>> = {},
) {
  const response = await fetch(`${product.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': CLIENT.agent,
      'apollographql-client-name': CLIENT.name,
      'apollographql-client-version': CLIENT.version,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape that the document asks for
  const { data, errors } = (await response.json()) as Answer<any>;
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** Runs a mutation with one input; its errors fail the test. */
export async function change(product: Product, name: string, input: object | undefined, shown: string, token?: string) {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const document = input
    ? `mutation ($input: ${type}!) { ${name}(input: $input) { ${shown} errors { code message path } } }`
    : `mutation { ${name} { ${shown} errors { code message path } } }`;
  const data = await ask(product, document, { input }, token);
  if (data[name].errors.length > 0) throw new Error(JSON.stringify(data[name].errors));
  return data[name];
}
