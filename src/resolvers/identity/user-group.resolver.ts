import { Arg, Args, FieldResolver, ID, Query, Resolver } from 'type-graphql';
import { MemberListArgs, RoleListArgs, UserGroupListArgs } from '../../schema/identity/user.inputs.js';
import {
  RoleConnection,
  RoleType,
  UserConnection,
  UserGroupConnection,
  UserGroupType,
} from '../../schema/identity/user.type.js';
import { roles, userGroups, users } from '../../services/identity/user.queries.js';
import { MEMBERS_SHOWN } from '../../services/identity/user-group.policy.js';
import { page, pageOf } from '../../services/shared/read/reads/list.js';
import { shown } from '../../services/shared/read/reads/shown.js';
import { byId } from '../../services/shared/read/reads/to-one.js';
import { Declares } from '../shared/declares.js';

@Resolver(() => UserGroupType)
export class UserGroupResolver {
  @Query(() => UserGroupType, { nullable: true, description: 'One group; null when there is none that you may see.' })
  @Declares('id')
  userGroup(@Arg('id', () => ID, { description: 'The group’s id.' }) id: string) {
    return byId(userGroups, id);
  }

  @Query(() => UserGroupConnection, { description: 'The groups of users that you may see.' })
  @Declares()
  userGroups(@Args() list: UserGroupListArgs) {
    return page(userGroups, list);
  }

  @FieldResolver(() => UserConnection, {
    nullable: true,
    description: 'Who is in it; null unless you answer for it.',
  })
  @Declares()
  users(@Args() list: MemberListArgs) {
    return shown(MEMBERS_SHOWN, pageOf(users, ['group'], list));
  }
}

@Resolver(() => RoleType)
export class RoleResolver {
  @Query(() => RoleConnection, { description: 'The roles that users can have.' })
  @Declares()
  roles(@Args() list: RoleListArgs) {
    return page(roles, list);
  }
}
