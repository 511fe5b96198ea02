import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import { NodeType } from '../../schema/shared/node.type.js';
import { READABLES } from '../../services/readables.js';
import { ErrorCode } from '../../services/shared/errors/error-code.js';
import { refuse, refuseInput } from '../../services/shared/errors/refusal.js';
import { decodeId } from '../../services/shared/ids/global-id.js';
import { LARGEST_PAGE } from '../../services/shared/read/page-arguments.js';
import type { Read } from '../../services/shared/read/plan/read.js';
import { node } from '../../services/shared/read/reads/to-one.js';
import { Declares } from './declares.js';

/** @throws Refusal with BAD_USER_INPUT for what is no id */
function nodeOf(id: string, path: readonly string[]): Read {
  const decoded = decodeId(id);
  const readable = decoded && READABLES.get(decoded.kind);
  if (!readable) throw refuseInput(path, 'This is not an id.');
  return node(readable, id, path);
}

@Resolver()
export class NodeResolver {
  @Query(() => NodeType, {
    nullable: true,
    description: 'Any object by its id; null when there is none that you may see.',
  })
  @Declares('id')
  node(@Arg('id', () => ID, { description: 'A global id.' }) id: string) {
    return nodeOf(id, ['id']);
  }

  @Query(() => [NodeType], {
    nullable: 'items',
    description: `Objects by their ids, in the order of the ids, at most ${LARGEST_PAGE}; null for one that you may not see.`,
  })
  nodes(
    @Arg('ids', () => [ID], { description: 'Global ids, of any kinds.' }) ids: string[],
    @Ctx() { reader }: Context,
  ) {
    if (ids.length > LARGEST_PAGE) {
      throw refuse(ErrorCode.BAD_USER_INPUT, `At most ${LARGEST_PAGE} ids can be asked for.`, ['ids']);
    }
    // Each for itself: one that is wrong is null with an error at its place, and the others are answered.
    return ids.map(async (id, i) => nodeOf(id, ['ids', String(i)]).run({}, reader));
  }
}
