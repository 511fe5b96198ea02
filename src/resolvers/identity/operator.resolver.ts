import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { Operator } from '../../entities/identity/operator.entity.js';
import { OperatorFilter, OperatorOrder } from '../../schema/identity/operator.inputs.js';
import { OperatorConnection, OperatorType, WeeklyScheduleType } from '../../schema/identity/operator.type.js';
import { UserType } from '../../schema/identity/user.type.js';
import { ConnectionArgs } from '../../schema/shared/connection.type.js';
import { PhoneNumber } from '../../schema/shared/scalars.js';
import { seesWholeOperator, wholeOperators } from '../../services/identity/operator.policy.js';
import { HIDEABLE_OPERATOR_FILTERS, operators } from '../../services/identity/operator.queries.js';
import { users } from '../../services/identity/user.queries.js';
import { encodeId, keyOf } from '../../services/shared/ids/global-id.js';
import type { Row } from '../../services/shared/read/row.js';

/** A property of an operator's profile, or null for whom the profile is hidden from. */
async function shown<Property extends keyof Row<Operator>>(
  operator: Row<Operator>,
  property: Property,
  { actor, reader }: Context,
): Promise<Row<Operator>[Property] | null> {
  const whole = await seesWholeOperator(actor, operator, () => reader.byId(users, operator.user));
  return whole ? operator[property] : null;
}

@Resolver(() => OperatorType)
export class OperatorResolver {
  @Query(() => OperatorType, { nullable: true, description: 'One operator; null when there is none that you may see.' })
  operator(@Arg('id', () => ID, { description: 'The operator’s id.' }) id: string, @Ctx() { reader }: Context) {
    return reader.byId(operators, keyOf('Operator', id, ['id']));
  }

  @Query(() => OperatorConnection, { description: 'The operators that you may see.' })
  operators(
    @Args() page: ConnectionArgs,
    @Arg('filter', () => OperatorFilter, { nullable: true, description: 'Which; all when left out.' })
    filter: OperatorFilter | null,
    @Arg('orderBy', () => OperatorOrder, { nullable: true, description: 'By alias when left out.' })
    orderBy: OperatorOrder | null,
    @Ctx() { reader, actor }: Context,
  ) {
    const asksHidden = HIDEABLE_OPERATOR_FILTERS.some((field) => filter?.[field] != null);
    return reader.page(operators, { ...page, filter, orderBy }, asksHidden ? [wholeOperators(actor)] : []);
  }

  @FieldResolver(() => ID)
  id(@Root() operator: Row<Operator>) {
    return encodeId('Operator', operator.id);
  }

  @FieldResolver(() => UserType, { nullable: true, description: 'The employee; null when you may not see who it is.' })
  user(@Root() operator: Row<Operator>, @Ctx() { reader }: Context) {
    return reader.byId(users, operator.user);
  }

  @FieldResolver(() => PhoneNumber, { nullable: true })
  phone(@Root() operator: Row<Operator>, @Ctx() context: Context) {
    return shown(operator, 'phone', context);
  }

  @FieldResolver(() => Int, { nullable: true })
  maxLoad(@Root() operator: Row<Operator>, @Ctx() context: Context) {
    return shown(operator, 'maxLoad', context);
  }

  @FieldResolver(() => WeeklyScheduleType, { nullable: true })
  schedule(@Root() operator: Row<Operator>, @Ctx() context: Context) {
    return shown(operator, 'schedule', context);
  }

  @FieldResolver(() => [String], { nullable: true })
  skills(@Root() operator: Row<Operator>, @Ctx() context: Context) {
    return shown(operator, 'skills', context);
  }

  @FieldResolver(() => Boolean, { nullable: true })
  active(@Root() operator: Row<Operator>, @Ctx() context: Context) {
    return shown(operator, 'active', context);
  }
}
