import { Arg, Args, FieldResolver, ID, Int, Query, Resolver } from 'type-graphql';
import { OperatorListArgs } from '../../schema/identity/operator.inputs.js';
import { OperatorConnection, OperatorType, WeeklyScheduleType } from '../../schema/identity/operator.type.js';
import { UserType } from '../../schema/identity/user.type.js';
import { PhoneNumber } from '../../schema/shared/scalars.js';
import { WHOLE_OPERATOR_SHOWN } from '../../services/identity/operator.policy.js';
import { operators } from '../../services/identity/operator.queries.js';
import { users } from '../../services/identity/user.queries.js';
import { page } from '../../services/shared/read/reads/list.js';
import { shown } from '../../services/shared/read/reads/shown.js';
import { byId, parent } from '../../services/shared/read/reads/to-one.js';
import { column } from '../../services/shared/read/reads/values.js';
import { Declares } from '../shared/declares.js';

@Resolver(() => OperatorType)
export class OperatorResolver {
  @Query(() => OperatorType, { nullable: true, description: 'One operator; null when there is none that you may see.' })
  @Declares('id')
  operator(@Arg('id', () => ID, { description: 'The operator’s id.' }) id: string) {
    return byId(operators, id);
  }

  @Query(() => OperatorConnection, { description: 'The operators that you may see.' })
  @Declares()
  operators(@Args() list: OperatorListArgs) {
    return page(operators, list);
  }

  @FieldResolver(() => UserType, { nullable: true, description: 'The employee; null when you may not see who it is.' })
  @Declares()
  user() {
    return parent(users, 'user');
  }

  @FieldResolver(() => PhoneNumber, { nullable: true })
  @Declares()
  phone() {
    return shown(WHOLE_OPERATOR_SHOWN, column('phone'));
  }

  @FieldResolver(() => Int, { nullable: true })
  @Declares()
  maxLoad() {
    return shown(WHOLE_OPERATOR_SHOWN, column('maxLoad'));
  }

  @FieldResolver(() => WeeklyScheduleType, { nullable: true })
  @Declares()
  schedule() {
    return shown(WHOLE_OPERATOR_SHOWN, column('schedule'));
  }

  @FieldResolver(() => [String], { nullable: true })
  @Declares()
  skills() {
    return shown(WHOLE_OPERATOR_SHOWN, column('skills'));
  }

  @FieldResolver(() => Boolean, { nullable: true })
  @Declares()
  active() {
    return shown(WHOLE_OPERATOR_SHOWN, column('active'));
  }
}
