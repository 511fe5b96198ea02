import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { Operator } from '../../entities/identity/operator.entity.js';
import { CallListArgs } from '../../schema/calls/call.inputs.js';
import { CallConnection } from '../../schema/calls/call.type.js';
import { OperatorType } from '../../schema/identity/operator.type.js';
import type { Row } from '../../services/shared/read/row.js';
import { callsOf } from './calls-of.js';

/** The calls of an operator. */
@Resolver(() => OperatorType)
export class OperatorCallsResolver {
  @FieldResolver(() => CallConnection, {
    description:
      'Calls in which this operator took part, as caller, called, or target of a redirection, as far as you may see them.',
  })
  calls(@Root() operator: Row<Operator>, @Args() list: CallListArgs, @Ctx() context: Context) {
    return callsOf(context, ['callerOperator', 'calledOperator', 'redirectedToOperator'], operator.id, list);
  }
}
