import type { GraphQLField, GraphQLObjectType, OperationDefinitionNode } from 'graphql';
import { getNamedType, isLeafType, isObjectType, parse } from 'graphql';
import { LiveOperation } from '../../src/resolvers/shared/live/live-operation.js';
import { MessageMaker } from '../../src/resolvers/shared/live/message-maker.js';
import { rightsOf } from '../../src/services/shared/access/rights.js';
import { encodeFeedCursor } from '../../src/services/shared/events/feed-cursor.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors } from '../support/sign-ins.js';
import { subscribe, untilNobodyListens } from '../support/subscribe.js';

/** Arguments that a subscription cannot do without. */
const ARGUMENTS: Readonly<Record<string, string>> = { importProgressed: `id: "${encodeId('ImportJob', '1')}"` };

/** The id of what has one, else all of its scalars. */
function leavesOf(type: GraphQLObjectType): string {
  const fields = Object.values(type.getFields());
  if (fields.some(({ name }) => name === 'id')) return 'id';
  return fields
    .filter((field) => isLeafType(getNamedType(field.type)))
    .map(({ name }) => name)
    .join(' ');
}

/** A subscription that asks for all that its messages tell. */
function everythingOf({ name, type }: GraphQLField<unknown, unknown>, after?: string): string {
  const inner = Object.values((getNamedType(type) as GraphQLObjectType).getFields()).map((field) => {
    const object = getNamedType(field.type);
    return isObjectType(object) ? `${field.name} { ${leavesOf(object)} }` : field.name;
  });
  const given = [...(ARGUMENTS[name] ? [ARGUMENTS[name]] : []), ...(after ? [`after: "${after}"`] : [])];
  return `subscription { ${name}${given.length > 0 ? `(${given.join()})` : ''} { ${inner.join(' ')} } }`;
}

let product: Product;
let actors: Actors;
beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
});
afterAll(() => product.stop());

describe('the messages of every subscription', () => {
  it('are made by one statement', async () => {
    const { schema } = product.server.operations;
    for (const field of Object.values(schema.getSubscriptionType()!.getFields())) {
      const document = parse(everythingOf(field));
      const [node] = document.definitions as [OperationDefinitionNode];
      const tools = {
        house: product.server.house,
        plans: 'on',
        present: (error: Error) => ({ message: error.message }),
        report: (error: unknown) => {
          throw error;
        },
      } as const;
      const operation = new LiveOperation(schema, document, node);
      const maker = await MessageMaker.of(operation, { given: {}, coerced: {} }, rightsOf(actors.admin.actor), tools);
      expect([field.name, maker.isPlanned]).toEqual([field.name, true]);
    }
  });

  it('tell of a gap alone, where there is one', async () => {
    const elsewhere = encodeFeedCursor('00000000-0000-4000-8000-000000000000', { xid: 1n, position: 1n });
    for (const field of Object.values(product.server.operations.schema.getSubscriptionType()!.getFields())) {
      const subscriber = await subscribe<Record<string, object>>(product, everythingOf(field, elsewhere), {
        token: actors.admin.token,
      });
      const [event] = await subscriber.until(1);
      const nothing = Object.keys((getNamedType(field.type) as GraphQLObjectType).getFields()).map((name) => [
        name,
        null,
      ]);
      expect([event, ...subscriber.errors]).toEqual([
        {
          [field.name]: {
            ...Object.fromEntries(nothing),
            cursor: expect.any(String),
            gap: { reason: 'LOG_REPLACED', message: expect.any(String) },
          },
        },
      ]);
      await subscriber.stop();
      await untilNobodyListens(product);
    }
  });
});
