import { Args, FieldResolver, Resolver } from 'type-graphql';
import { CallListArgs } from '../../schema/calls/call.inputs.js';
import { CallConnection } from '../../schema/calls/call.type.js';
import { OperatorType } from '../../schema/identity/operator.type.js';
import { calls } from '../../services/calls/call.queries.js';
import { pageOf } from '../../services/shared/read/reads/list.js';
import { Declares } from '../shared/declares.js';

/** The calls of an operator. */
@Resolver(() => OperatorType)
export class OperatorCallsResolver {
  @FieldResolver(() => CallConnection, {
    description:
      'Calls in which this operator took part, as caller, called, or target of a redirection, as far as you may see them.',
  })
  @Declares()
  calls(@Args() list: CallListArgs) {
    return pageOf(calls, ['callerOperator', 'calledOperator', 'redirectedToOperator'], list);
  }
}
