import { createFetcher } from './fetcher.js';
import { Session } from './session.js';
import { bindSignInBar } from './sign-in-bar.js';

/** @type {Record<string, string>} */
const WORKERS = { json: 'json-worker.js', graphql: 'graphql-worker.js' };

const WELCOME = `# Sign in above, then run this with Ctrl-Enter.
# Ctrl-Space completes; the book on the left
# explains every type.

{
  viewer {
    __typename
  }
}
`;

// Monaco's workers come from this server, and not from a CDN.
globalThis.MonacoEnvironment = {
  getWorker: (_moduleId, label) => new Worker(new URL(WORKERS[label] ?? 'editor-worker.js', import.meta.url)),
};

const session = new Session();
bindSignInBar(/** @type {HTMLElement} */ (document.querySelector('#sign-in-bar')), session);

YogaGraphiQL.renderYogaGraphiQL(/** @type {Element} */ (document.querySelector('#graphiql')), {
  fetcher: createFetcher(session),
  title: 'GraphiQL',
  logo: '',
  defaultQuery: WELCOME,
  // What stands in the header editor can be a secret.
  shouldPersistHeaders: false,
  // By itself the bundle would write the query into the address, where a reload sends it to the server as an operation.
  onEditQuery: () => {},
});
