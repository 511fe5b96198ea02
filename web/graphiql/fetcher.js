import { ADDRESS, isUnauthenticated, post } from './post.js';

/** @typedef {import('./session.js').Session} Session */

/** Close codes by which a server refuses who connects, at the start or when a token has run out. */
const UNAUTHENTICATED_CLOSE_CODES = [4401, 4403];

/**
 * Runs what GraphiQL sends as who is signed in: queries and mutations over HTTP, subscriptions over graphql-transport-ws.
 *
 * A header `Authorization` that the user types into GraphiQL's own header editor goes before the session's, over HTTP.
 *
 * @param {Session} session
 * @returns {Fetcher}
 */
export function createFetcher(session) {
  return (operation, options = {}) =>
    isSubscription(operation, options)
      ? { subscribe: (observer) => ({ unsubscribe: subscribe(session, operation, observer) }) }
      : request(session, operation, options.headers ?? {});
}

/**
 * @param {GraphQLOperation} operation
 * @param {FetcherOptions} options
 */
function isSubscription({ operationName }, { documentAST }) {
  return documentAST?.definitions.some(
    (definition) =>
      definition.kind === 'OperationDefinition' &&
      definition.operation === 'subscription' &&
      (!operationName || definition.name?.value === operationName),
  );
}

/**
 * @param {Session} session
 * @param {GraphQLOperation} operation
 * @param {Record<string, string>} typed
 */
async function request(session, operation, typed) {
  const own = Object.fromEntries(Object.entries(typed).map(([name, value]) => [name.toLowerCase(), value]));
  const send = async () => post(operation, { ...(await session.headers()), ...own });
  try {
    const answer = await send();
    const canRenew = session.identity?.refreshToken && !own.authorization;
    if (!canRenew || !isUnauthenticated(answer)) return answer;
    await session.renew();
    return await send();
  } catch (cause) {
    return failure(cause);
  }
}

/**
 * Subscribes, on a socket of its own: so each connects with the token of its moment, and another identity ends it.
 *
 * @param {Session} session
 * @param {GraphQLOperation} operation
 * @param {Observer} observer
 * @returns {() => void} ends it
 */
function subscribe(session, operation, observer) {
  const client = graphqlWs.createClient({
    url: new URL(ADDRESS, location.href.replace(/^http/, 'ws')).href,
    connectionParams: async () => {
      const { authorization } = await session.headers();
      return authorization ? { Authorization: authorization } : {};
    },
    shouldRetry: (cause) => cause instanceof CloseEvent && !isRefusal(cause),
  });
  const { query, operationName, variables } = operation;
  const payload = { query, operationName, variables: /** @type {Record<string, unknown>} */ (variables) };
  // A token runs out in the middle of a long subscription: then it is renewed once, and again after the next event.
  let renewed = false;
  let stopped = false;

  const stop = () => {
    if (stopped) return;
    stopped = true;
    session.removeEventListener('change', stop);
    client.dispose();
    observer.complete();
  };

  const start = () => {
    client.subscribe(payload, {
      next(answer) {
        renewed = false;
        observer.next(/** @type {GraphQLAnswer} */ (answer));
      },
      async error(cause) {
        if (isRefusal(cause) && !renewed) {
          renewed = true;
          if ((await session.renew().catch(() => false)) && !stopped) return start();
        }
        if (stopped) return;
        observer.next(failure(cause));
        stop();
      },
      complete: stop,
    });
  };

  session.addEventListener('change', stop);
  start();
  return stop;
}

/**
 * Whether the socket, or the subscription on it, was refused for who asks.
 *
 * @param {unknown} cause
 */
function isRefusal(cause) {
  if (Array.isArray(cause)) return isUnauthenticated({ errors: cause });
  return cause instanceof CloseEvent && UNAUTHENTICATED_CLOSE_CODES.includes(cause.code);
}

/**
 * Puts whatever went wrong into the form that GraphiQL shows as a result.
 *
 * @param {unknown} cause
 * @returns {GraphQLAnswer}
 */
function failure(cause) {
  if (Array.isArray(cause)) return { errors: cause };
  if (isRefusal(cause)) return { errors: [{ message: 'The server refused the subscription: please sign in.' }] };
  if (cause instanceof CloseEvent) {
    const reason = `${cause.code} ${cause.reason}`.trim();
    return { errors: [{ message: `The server closed the subscription: ${reason}.` }] };
  }
  return { errors: [{ message: cause instanceof Error ? cause.message : 'The server cannot be reached.' }] };
}
