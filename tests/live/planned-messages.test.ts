import type { GraphQLObjectType, OperationDefinitionNode } from 'graphql';
import { getNamedType, isObjectType, parse } from 'graphql';
import { LiveOperation } from '../../src/resolvers/shared/live/live-operation.js';
import { MessageMaker } from '../../src/resolvers/shared/live/message-maker.js';
import { rightsOf } from '../../src/services/shared/access/rights.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors } from '../support/sign-ins.js';

/** Arguments that a subscription cannot do without. */
const ARGUMENTS: Readonly<Record<string, string>> = { importProgressed: `(id: "${encodeId('ImportJob', '1')}")` };

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
      const type = getNamedType(field.type) as GraphQLObjectType;
      const objects = Object.values(type.getFields()).filter(
        (one) => one.name !== 'gap' && isObjectType(getNamedType(one.type)),
      );
      const inner = objects.map(({ name }) => `${name} { id }`).join(' ');
      const document = parse(
        `subscription { ${field.name}${ARGUMENTS[field.name] ?? ''} { cursor gap { reason message } ${inner} } }`,
      );
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
});
