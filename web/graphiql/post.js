/** The one address of the graph, wherever the page is served from. */
export const ADDRESS = location.pathname;

/**
 * Sends one operation over HTTP.
 *
 * @param {GraphQLOperation} operation
 * @param {Record<string, string>} headers
 * @returns {Promise<GraphQLAnswer>} what the server says; it throws, in words, when there is no answer of a graph
 */
export async function post(operation, headers) {
  const response = await fetch(ADDRESS, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify(operation),
  }).catch(() => {
    throw new Error('The server cannot be reached.');
  });
  try {
    return await response.json();
  } catch {
    throw new Error(`The server answered ${response.status} ${response.statusText}, and not with a result.`);
  }
}

/**
 * Whether the server refused because it does not know (any more) who asks.
 *
 * @param {GraphQLAnswer} answer
 */
export const isUnauthenticated = (answer) =>
  answer.errors?.some((error) => error.extensions?.code === 'UNAUTHENTICATED') ?? false;
