import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import type { User } from '../../entities/identity/user.entity.js';
import { OperatorType } from '../../schema/identity/operator.type.js';
import { SetPresenceInput, UserListArgs } from '../../schema/identity/user.inputs.js';
import { SetPresencePayload } from '../../schema/identity/user.payloads.js';
import { RoleType, UserConnection, UserGroupType, UserType } from '../../schema/identity/user.type.js';
import { EmailAddress, Instant, PhoneNumber } from '../../schema/shared/scalars.js';
import { operators } from '../../services/identity/operator.queries.js';
import { setPresence } from '../../services/identity/set-presence.js';
import { WHOLE_USER_SHOWN } from '../../services/identity/user.policy.js';
import { logins, roles, userGroups, users } from '../../services/identity/user.queries.js';
import { page } from '../../services/shared/read/reads/list.js';
import { shown } from '../../services/shared/read/reads/shown.js';
import { through } from '../../services/shared/read/reads/through.js';
import { byId, child, parent } from '../../services/shared/read/reads/to-one.js';
import { column, computed } from '../../services/shared/read/reads/values.js';
import { Declares } from '../shared/declares.js';
import { mutate } from '../shared/mutate.js';

@Resolver(() => UserType)
export class UserResolver {
  @Query(() => UserType, { nullable: true, description: 'One user; null when there is none that you may see.' })
  @Declares('id')
  user(@Arg('id', () => ID, { description: 'The user’s id.' }) id: string) {
    return byId(users, id);
  }

  @Query(() => UserConnection, { description: 'The users that you may see.' })
  @Declares()
  users(@Args() list: UserListArgs) {
    return page(users, list);
  }

  @Mutation(() => SetPresencePayload, {
    description:
      'Says whether you, an employee, can be reached now. Signing in makes ONLINE of OFFLINE, and the end of your last session makes OFFLINE of anything; whether you are connected, and for how long you did nothing, does not change it yet.',
  })
  setPresence(
    @Arg('input', () => SetPresenceInput, { description: 'Whether.' }) input: SetPresenceInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => setPresence(work, input),
      async (userId) => ({ user: await context.reader.byId(users, userId) }),
    );
  }

  @FieldResolver(() => String)
  @Declares()
  name() {
    return computed<User>(['lastName', 'firstName', 'patronymic'], ({ lastName, firstName, patronymic }) =>
      [lastName, firstName, patronymic].filter(Boolean).join(' '),
    );
  }

  @FieldResolver(() => OperatorType, { nullable: true, description: 'Their profile for talking to customers, if any.' })
  @Declares()
  operator() {
    return child(operators, 'user');
  }

  @FieldResolver(() => EmailAddress, {
    nullable: true,
    description: 'What they sign in with; null unless you see all of this user.',
  })
  @Declares()
  email() {
    return shown(WHOLE_USER_SHOWN, through(child(logins, 'user'), column('email')));
  }

  @FieldResolver(() => RoleType, {
    nullable: true,
    description: 'What they may do; null unless you see all of this user.',
  })
  @Declares()
  role() {
    return shown(WHOLE_USER_SHOWN, parent(roles, 'role'));
  }

  @FieldResolver(() => UserGroupType, {
    nullable: true,
    description: 'The team they are in, if any; null unless you see all of this user.',
  })
  @Declares()
  group() {
    return shown(WHOLE_USER_SHOWN, parent(userGroups, 'group'));
  }

  @FieldResolver(() => PhoneNumber, { nullable: true })
  @Declares()
  workPhone() {
    return shown(WHOLE_USER_SHOWN, column('workPhone'));
  }

  @FieldResolver(() => Boolean, { nullable: true })
  @Declares()
  active() {
    return shown(WHOLE_USER_SHOWN, column('active'));
  }

  @FieldResolver(() => Instant, { nullable: true })
  @Declares()
  lastLoginAt() {
    return shown(WHOLE_USER_SHOWN, column('lastLoginAt'));
  }

  @FieldResolver(() => Instant, { nullable: true })
  @Declares()
  createdAt() {
    return shown(WHOLE_USER_SHOWN, column('createdAt'));
  }
}
