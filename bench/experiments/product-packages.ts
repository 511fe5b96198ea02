import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BENCH, PRODUCT } from '../shared/places.ts';

/** What an experiment shares with the product: two copies of one of these in a process do not know each other's classes. */
const SHARED = new Set(['graphql', '@apollo/server', '@as-integrations/fastify', 'fastify', 'pino']);

const bench = pathToFileURL(`${BENCH}/`).href;
const product = pathToFileURL(join(PRODUCT, 'package.json')).href;
const fromProduct = createRequire(product);

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (!context.parentURL?.startsWith(bench) || !SHARED.has(packageOf(specifier))) {
      return nextResolve(specifier, context);
    }
    // What is required is looked for beside its real parent, whatever the context says.
    if (context.conditions?.includes('require')) {
      return { url: pathToFileURL(fromProduct.resolve(specifier)).href, shortCircuit: true };
    }
    return nextResolve(specifier, { ...context, parentURL: product });
  },
});
