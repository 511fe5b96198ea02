import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { OperationContext } from '../../../src/http/documents/operation-plugin.ts';
import { productModule } from '../../shared/product-module.ts';
import type { Parts } from '../open-parts.ts';
import type { VariantName } from '../variants.ts';
import { openPlansAlone } from './answer-without-apollo.ts';
import { jitPlugin } from './jit-plugin.ts';
import { levelsPlugin } from './levels-plugin.ts';
import { openApollo } from './open-apollo.ts';
import { openContext } from './open-context.ts';
import { serveFastify } from './serve-fastify.ts';
import { serveNode } from './serve-node.ts';

type Apollo = Awaited<ReturnType<typeof openApollo>>;
type Serve = (parts: Parts) => Promise<void>;

const JSON_TYPE = 'application/json; charset=utf-8';

/** Serves as the product does, word for word. */
const asProduct: Serve = async (parts) => {
  const { registerGraphqlHttp } =
    await productModule<typeof import('../../../src/http/graphql-http.ts')>('http/graphql-http.js');
  const { house, operations, plans, report } = parts;
  await serveFastify(parts, (app) => registerGraphqlHttp(app, house, operations, plans, report));
};

/** Serves another Apollo through the product's own handler. */
async function behindFastify(parts: Parts, apollo: Apollo): Promise<void> {
  const { answerGraphql } =
    await productModule<typeof import('../../../src/http/answer-graphql.ts')>('http/answer-graphql.js');
  const contextOf = await openContext(parts);
  await serveFastify(parts, (app) => {
    app.post('/graphql', (request, reply) => answerGraphql(apollo, request, reply, () => contextOf(request)));
  });
}

const integration: Serve = async (parts) => {
  const apollo = await openApollo(parts);
  const contextOf = await openContext(parts);
  await serveFastify(parts, (app) => {
    app.post('/graphql', fastifyApolloHandler<OperationContext>(apollo, { context: contextOf }));
  });
};

const bareHttp: Serve = async (parts) => {
  const { RequestHeaders } =
    await productModule<typeof import('../../../src/http/request-headers.ts')>('http/request-headers.js');
  const apollo = await openApollo(parts);
  const contextOf = await openContext(parts);
  serveNode(async (request) => {
    const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method,
        headers: new RequestHeaders(request.headers),
        search: '',
        body: request.body,
      },
      context: () => contextOf(request),
    });
    if (body.kind !== 'complete') throw new Error('This answer comes in parts.');
    return { status: status ?? 200, headers: Object.fromEntries(headers), text: body.string };
  });
};

const withoutApollo: Serve = async (parts) => {
  const answer = await openPlansAlone(parts);
  await serveFastify(parts, (app) => {
    app.post('/graphql', async (request, reply) => reply.type(JSON_TYPE).send(await answer(request)));
  });
};

const bareWithoutApollo: Serve = async (parts) => {
  const answer = await openPlansAlone(parts);
  serveNode(async (request) => ({
    status: 200,
    headers: { 'content-type': JSON_TYPE },
    text: await answer(request),
  }));
};

/** PostgreSQL plans a prepared statement for its values some times before it settles on a plan for any. */
const auto: Serve = async (parts) => {
  parts.house.database.readPool.on('connect', (client) => {
    client.query('set plan_cache_mode = auto').catch(parts.report);
  });
  await asProduct(parts);
};

const unprepared: Serve = async (parts) => {
  const { readPool: pool, prepared } = parts.house.database;
  prepared.text = async (text, values) => {
    const { rows } = await pool.query<[string | null]>({ text, values: [...values], rowMode: 'array' });
    return rows[0]?.[0] ?? null;
  };
  await asProduct(parts);
};

/** What each variant serves with. */
export const SERVE: Readonly<Record<VariantName, Serve>> = {
  resolvers: asProduct,
  jit: async (parts) => behindFastify(parts, await openApollo(parts, [await jitPlugin(parts)])),
  plans: asProduct,
  levels: async (parts) => behindFastify(parts, await openApollo(parts, [await levelsPlugin(parts)])),
  integration,
  'bare-http': bareHttp,
  'no-apollo': withoutApollo,
  'bare-no-apollo': bareWithoutApollo,
  auto,
  unprepared,
};
