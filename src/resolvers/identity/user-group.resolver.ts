import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { Role } from '../../entities/identity/role.entity.js';
import type { UserGroup } from '../../entities/identity/user-group.entity.js';
import { RoleOrder, UserGroupFilter, UserGroupOrder, UserOrder } from '../../schema/identity/user.inputs.js';
import {
  RoleConnection,
  RoleType,
  UserConnection,
  UserGroupConnection,
  UserGroupType,
} from '../../schema/identity/user.type.js';
import { ConnectionArgs } from '../../schema/shared/connection.type.js';
import { seesMembers } from '../../services/identity/user.policy.js';
import { roles, userGroups, users } from '../../services/identity/user.queries.js';
import { encodeId, keyOf } from '../../services/shared/ids/global-id.js';
import type { Row } from '../../services/shared/read/row.js';

@Resolver(() => UserGroupType)
export class UserGroupResolver {
  @Query(() => UserGroupType, { nullable: true, description: 'One group; null when there is none that you may see.' })
  userGroup(@Arg('id', () => ID, { description: 'The group’s id.' }) id: string, @Ctx() { reader }: Context) {
    return reader.byId(userGroups, keyOf('UserGroup', id, ['id']));
  }

  @Query(() => UserGroupConnection, { description: 'The groups of users that you may see.' })
  userGroups(
    @Args() page: ConnectionArgs,
    @Arg('filter', () => UserGroupFilter, { nullable: true, description: 'Which; all when left out.' })
    filter: UserGroupFilter | null,
    @Arg('orderBy', () => UserGroupOrder, { nullable: true, description: 'By name when left out.' })
    orderBy: UserGroupOrder | null,
    @Ctx() { reader }: Context,
  ) {
    return reader.page(userGroups, { ...page, filter, orderBy });
  }

  @FieldResolver(() => ID)
  id(@Root() group: Row<UserGroup>) {
    return encodeId('UserGroup', group.id);
  }

  @FieldResolver(() => UserConnection, {
    nullable: true,
    description: 'Who is in it; null unless you answer for it.',
  })
  users(
    @Root() group: Row<UserGroup>,
    @Args() page: ConnectionArgs,
    @Arg('orderBy', () => UserOrder, { nullable: true, description: 'By name when left out.' })
    orderBy: UserOrder | null,
    @Ctx() { reader, actor }: Context,
  ) {
    return seesMembers(actor, group.id) ? reader.pageOf(users, ['group'], group.id, { ...page, orderBy }) : null;
  }
}

@Resolver(() => RoleType)
export class RoleResolver {
  @Query(() => RoleConnection, { description: 'The roles that users can have.' })
  roles(
    @Args() page: ConnectionArgs,
    @Arg('orderBy', () => RoleOrder, { nullable: true, description: 'By name when left out.' })
    orderBy: RoleOrder | null,
    @Ctx() { reader }: Context,
  ) {
    return reader.page(roles, { ...page, orderBy });
  }

  @FieldResolver(() => ID)
  id(@Root() role: Row<Role>) {
    return encodeId('Role', role.id);
  }
}
