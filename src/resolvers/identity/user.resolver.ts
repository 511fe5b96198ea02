import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { User } from '../../entities/identity/user.entity.js';
import { OperatorType } from '../../schema/identity/operator.type.js';
import { UserFilter, UserOrder } from '../../schema/identity/user.inputs.js';
import { RoleType, UserConnection, UserGroupType, UserType } from '../../schema/identity/user.type.js';
import { ConnectionArgs } from '../../schema/shared/connection.type.js';
import { EmailAddress, Instant, PhoneNumber } from '../../schema/shared/scalars.js';
import { operators } from '../../services/identity/operator.queries.js';
import { seesWholeUser, wholeUsers } from '../../services/identity/user.policy.js';
import { HIDEABLE_USER_FILTERS, logins, roles, userGroups, users } from '../../services/identity/user.queries.js';
import { encodeId, keyOf } from '../../services/shared/ids/global-id.js';
import type { Row } from '../../services/shared/read/row.js';

@Resolver(() => UserType)
export class UserResolver {
  @Query(() => UserType, { nullable: true, description: 'One user; null when there is none that you may see.' })
  user(@Arg('id', () => ID, { description: 'The user’s id.' }) id: string, @Ctx() { reader }: Context) {
    return reader.byId(users, keyOf('User', id, ['id']));
  }

  @Query(() => UserConnection, { description: 'The users that you may see.' })
  users(
    @Args() page: ConnectionArgs,
    @Arg('filter', () => UserFilter, { nullable: true, description: 'Which; all when left out.' })
    filter: UserFilter | null,
    @Arg('orderBy', () => UserOrder, { nullable: true, description: 'By name when left out.' })
    orderBy: UserOrder | null,
    @Ctx() { reader, actor }: Context,
  ) {
    const asksHidden = HIDEABLE_USER_FILTERS.some((field) => filter?.[field] != null);
    return reader.page(users, { ...page, filter, orderBy }, asksHidden ? [wholeUsers(actor)] : []);
  }

  @FieldResolver(() => ID)
  id(@Root() user: Row<User>) {
    return encodeId('User', user.id);
  }

  @FieldResolver(() => String)
  name(@Root() user: Row<User>) {
    return [user.lastName, user.firstName, user.patronymic].filter(Boolean).join(' ');
  }

  @FieldResolver(() => OperatorType, { nullable: true, description: 'Their profile for talking to customers, if any.' })
  operator(@Root() user: Row<User>, @Ctx() { reader }: Context) {
    return reader.byUnique(operators, 'user', user.id);
  }

  @FieldResolver(() => EmailAddress, {
    nullable: true,
    description: 'What they sign in with; null unless you see all of this user.',
  })
  async email(@Root() user: Row<User>, @Ctx() { reader, actor }: Context) {
    if (!seesWholeUser(actor, user)) return null;
    return (await reader.byUnique(logins, 'user', user.id))?.email;
  }

  @FieldResolver(() => RoleType, {
    nullable: true,
    description: 'What they may do; null unless you see all of this user.',
  })
  role(@Root() user: Row<User>, @Ctx() { reader, actor }: Context) {
    return seesWholeUser(actor, user) ? reader.byId(roles, user.role) : null;
  }

  @FieldResolver(() => UserGroupType, {
    nullable: true,
    description: 'The team they are in, if any; null unless you see all of this user.',
  })
  group(@Root() user: Row<User>, @Ctx() { reader, actor }: Context) {
    return seesWholeUser(actor, user) ? reader.byId(userGroups, user.group) : null;
  }

  @FieldResolver(() => PhoneNumber, { nullable: true })
  workPhone(@Root() user: Row<User>, @Ctx() { actor }: Context) {
    return seesWholeUser(actor, user) ? user.workPhone : null;
  }

  @FieldResolver(() => Boolean, { nullable: true })
  active(@Root() user: Row<User>, @Ctx() { actor }: Context) {
    return seesWholeUser(actor, user) ? user.active : null;
  }

  @FieldResolver(() => Instant, { nullable: true })
  lastLoginAt(@Root() user: Row<User>, @Ctx() { actor }: Context) {
    return seesWholeUser(actor, user) ? user.lastLoginAt : null;
  }

  @FieldResolver(() => Instant, { nullable: true })
  createdAt(@Root() user: Row<User>, @Ctx() { actor }: Context) {
    return seesWholeUser(actor, user) ? user.createdAt : null;
  }
}
