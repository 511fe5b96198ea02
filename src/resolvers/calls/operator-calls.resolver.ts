import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { Operator } from '../../entities/identity/operator.entity.js';
import { CallFilter, CallOrder } from '../../schema/calls/call.inputs.js';
import { CallConnection } from '../../schema/calls/call.type.js';
import { OperatorType } from '../../schema/identity/operator.type.js';
import { ConnectionArgs } from '../../schema/shared/connection.type.js';
import { calls } from '../../services/calls/call.queries.js';
import { callConditions } from '../../services/calls/call-conditions.js';
import type { Row } from '../../services/shared/read/row.js';

/** The calls of an operator. */
@Resolver(() => OperatorType)
export class OperatorCallsResolver {
  @FieldResolver(() => CallConnection, {
    description:
      'Calls in which this operator took part, as caller, called, or target of a redirection, as far as you may see them.',
  })
  calls(
    @Root() operator: Row<Operator>,
    @Args() page: ConnectionArgs,
    @Arg('filter', () => CallFilter, { nullable: true, description: 'Which; all when left out.' })
    filter: CallFilter | null,
    @Arg('orderBy', () => CallOrder, { nullable: true, description: 'The latest first when left out.' })
    orderBy: CallOrder | null,
    @Ctx() { reader, actor, database }: Context,
  ) {
    const conditions = callConditions(actor, database.settings.calendar, filter);
    return reader.pageOf(calls, ['callerOperator', 'calledOperator', 'redirectedToOperator'], operator.id, {
      ...page,
      filter: conditions,
      orderBy,
    });
  }
}
