import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import {
  ChangeOperatorInput,
  ChangeOperatorLimitInput,
  OperatorListArgs,
  RegisterOperatorInput,
  RemoveOperatorInput,
} from '../../schema/identity/operator.inputs.js';
import {
  ChangeOperatorLimitPayload,
  ChangeOperatorPayload,
  RegisterOperatorOutcome,
  RegisterOperatorPayload,
  RemoveOperatorPayload,
} from '../../schema/identity/operator.payloads.js';
import { OperatorConnection, OperatorType, WeeklyScheduleType } from '../../schema/identity/operator.type.js';
import { UserType } from '../../schema/identity/user.type.js';
import { PhoneNumber } from '../../schema/shared/scalars.js';
import { type ChangedOperatorResult, changeOperator } from '../../services/identity/change-operator.js';
import { changeOperatorLimit } from '../../services/identity/change-operator-limit.js';
import { WHOLE_OPERATOR_SHOWN } from '../../services/identity/operator.policy.js';
import { operators } from '../../services/identity/operator.queries.js';
import { registerOperator } from '../../services/identity/register-operator.js';
import { removeOperator } from '../../services/identity/remove-operator.js';
import { users } from '../../services/identity/user.queries.js';
import { page } from '../../services/shared/read/reads/list.js';
import { shown } from '../../services/shared/read/reads/shown.js';
import { byId, parent } from '../../services/shared/read/reads/to-one.js';
import { column } from '../../services/shared/read/reads/values.js';
import { Declares } from '../shared/declares.js';
import { mutate } from '../shared/mutate.js';

const OUTCOMES = {
  created: RegisterOperatorOutcome.CREATED,
  updated: RegisterOperatorOutcome.UPDATED,
  unchanged: RegisterOperatorOutcome.UNCHANGED,
} as const;

/** The operator as their payloads show them, with what they had open. */
const presentChanged =
  ({ reader }: Context) =>
  async ({ operatorId, releasedInquiries }: ChangedOperatorResult) => ({
    operator: await reader.byId(operators, operatorId),
    releasedInquiries,
  });

@Resolver(() => OperatorType)
export class OperatorResolver {
  @Query(() => OperatorType, { nullable: true, description: 'One operator; null when there is none that you may see.' })
  @Declares('id')
  operator(@Arg('id', () => ID, { description: 'The operator’s id.' }) id: string) {
    return byId(operators, id);
  }

  @Query(() => OperatorConnection, {
    description: 'The operators that you may see; those who were removed only if asked.',
  })
  @Declares()
  operators(@Args() list: OperatorListArgs) {
    return page(operators, list);
  }

  @Mutation(() => RegisterOperatorPayload, {
    description:
      'Makes an operator known, with a user and an invitation; brings one who is known up to date, and one who was removed back. A repeat changes nothing.',
  })
  registerOperator(
    @Arg('input', () => RegisterOperatorInput, { description: 'Who.' }) input: RegisterOperatorInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => registerOperator(work, input),
      async ({ operatorId, outcome, invitation }) => {
        // Their user's rights may be others now.
        context.house.authenticator.forget();
        return {
          operator: await context.reader.byId(operators, operatorId),
          outcome: OUTCOMES[outcome],
          invitation,
        };
      },
    );
  }

  @Mutation(() => ChangeOperatorPayload, {
    description: 'Changes an operator’s profile; who is made inactive keeps no inquiries.',
  })
  changeOperator(
    @Arg('input', () => ChangeOperatorInput, { description: 'Whose, and what.' }) input: ChangeOperatorInput,
    @Ctx() context: Context,
  ) {
    return mutate(context, (work) => changeOperator(work, input), presentChanged(context));
  }

  @Mutation(() => ChangeOperatorLimitPayload, {
    description: 'Changes how many active inquiries an operator may have; a supervisor of operators in their groups.',
  })
  changeOperatorLimit(
    @Arg('input', () => ChangeOperatorLimitInput, { description: 'Whose, and how many.' })
    input: ChangeOperatorLimitInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => changeOperatorLimit(work, input),
      async (operatorId) => ({ operator: await context.reader.byId(operators, operatorId) }),
    );
  }

  @Mutation(() => RemoveOperatorPayload, {
    description:
      'Removes an operator: their inquiries wait again, they take none of any source, and their number is free. Their user can sign in as before.',
  })
  removeOperator(
    @Arg('input', () => RemoveOperatorInput, { description: 'Who.' }) input: RemoveOperatorInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => removeOperator(work, input),
      async (removed) => {
        // Their user's rights are others now.
        context.house.authenticator.forget();
        return presentChanged(context)(removed);
      },
    );
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

  @FieldResolver(() => Int, { nullable: true })
  @Declares()
  load() {
    return shown(WHOLE_OPERATOR_SHOWN, column('load'));
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
