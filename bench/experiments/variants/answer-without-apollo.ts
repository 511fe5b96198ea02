import { productModule } from '../../shared/product-module.ts';
import type { Parts } from '../open-parts.ts';
import { openContext, type Request } from './open-context.ts';

type Ready = typeof import('../../../src/http/ready-data.ts');

/**
 * Answers queries with nothing of Apollo between the request and the plan.
 *
 * @throws Error for what no plan answers: this measures, and is no server
 */
export async function openPlansAlone(parts: Parts): Promise<(request: Request) => Promise<string>> {
  const { ReadyData, stringifyAnswer } = await productModule<Ready>('http/ready-data.js');
  const contextOf = await openContext(parts);
  const { plans } = parts;
  return async (request) => {
    const context = await contextOf(request);
    const { known, operation, variables, extensions, faults } = context.asked ?? {};
    if (!plans || !known || !operation || !variables || faults?.length) throw new Error('This is no valid query.');
    const text = await plans.answer(known.document, operation.node, variables, context);
    if (text === undefined) throw new Error('No plan answers this.');
    return stringifyAnswer({ data: new ReadyData(text), ...(extensions && { extensions }) });
  };
}
