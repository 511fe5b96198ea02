import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import { type NodeRow, NodeType } from '../../schema/shared/node.type.js';
import { READABLES } from '../../services/readables.js';
import { ErrorCode } from '../../services/shared/errors/error-code.js';
import { refuse, refuseInput } from '../../services/shared/errors/refusal.js';
import { decodeId } from '../../services/shared/ids/global-id.js';
import { LARGEST_PAGE } from '../../services/shared/read/page-arguments.js';

async function fetchNode({ reader }: Context, id: string, path: string[]): Promise<NodeRow | null> {
  const decoded = decodeId(id);
  const readable = decoded && READABLES.get(decoded.kind);
  if (!readable) throw refuseInput(path, 'This is not an id.');
  const row = await reader.byId(readable, decoded.key);
  return row && { ...row, nodeKind: readable.kind };
}

@Resolver()
export class NodeResolver {
  @Query(() => NodeType, {
    nullable: true,
    description: 'Any object by its id; null when there is none that you may see.',
  })
  node(@Arg('id', () => ID, { description: 'A global id.' }) id: string, @Ctx() context: Context) {
    return fetchNode(context, id, ['id']);
  }

  @Query(() => [NodeType], {
    nullable: 'items',
    description: `Objects by their ids, in the order of the ids, at most ${LARGEST_PAGE}; null for one that you may not see.`,
  })
  nodes(@Arg('ids', () => [ID], { description: 'Global ids, of any kinds.' }) ids: string[], @Ctx() context: Context) {
    if (ids.length > LARGEST_PAGE) {
      throw refuse(ErrorCode.BAD_USER_INPUT, `At most ${LARGEST_PAGE} ids can be asked for.`, ['ids']);
    }
    // Each for itself: one that is wrong is null with an error at its place, and the others are answered.
    return ids.map((id, i) => fetchNode(context, id, ['ids', String(i)]));
  }
}
