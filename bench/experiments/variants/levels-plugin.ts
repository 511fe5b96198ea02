import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import type { OperationContext } from '../../../src/http/documents/operation-plugin.ts';
import { productModule } from '../../shared/product-module.ts';
import type { Parts } from '../open-parts.ts';
import { cardByLevels } from './levels/card-by-levels.ts';
import { Levels } from './levels/levels.ts';
import { pageByLevels } from './levels/page-by-levels.ts';

type Ready = typeof import('../../../src/http/ready-data.ts');

const ANSWERS: Readonly<
  Record<string, (levels: Levels, variables: Readonly<Record<string, unknown>>) => Promise<string>>
> = { Page: pageByLevels, Card: cardByLevels };

/** Answers two operations, known by their names, by a statement for each level of theirs; the resolvers answer others. */
export async function levelsPlugin({ house }: Parts): Promise<ApolloServerPlugin<OperationContext>> {
  const { ReadyData } = await productModule<Ready>('http/ready-data.js');
  const levels = new Levels(house.database.readPool);
  return {
    requestDidStart: async () => ({
      async responseForOperation({ contextValue: { asked } }) {
        const answer = ANSWERS[asked?.request.operationName ?? asked?.operation?.node.name?.value ?? ''];
        if (!answer || !asked?.variables) return null;
        return {
          http: { status: undefined, headers: new HeaderMap() },
          body: { kind: 'single', singleResult: { data: new ReadyData(await answer(levels, asked.variables)) } },
        };
      },
    }),
  };
}
