import { Field, ID, ObjectType } from 'type-graphql';
import { PRESENCE_LABELS, Presence } from '../../entities/identity/presence.enum.js';
import { connectionOf } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { NodeType } from '../shared/node.type.js';
import { Instant, PhoneNumber } from '../shared/scalars.js';

const HIDDEN = 'null unless you see all of this user.';

describeEnum(Presence, {
  name: 'Presence',
  description: 'Whether a user can be reached now.',
  values: {
    ONLINE: 'At work and free.',
    AWAY: 'Connected, but has done nothing for a while.',
    DO_NOT_DISTURB: 'Asked not to be disturbed.',
    WORKING: 'Busy with something.',
    OFFLINE: 'Not connected.',
  },
  labels: PRESENCE_LABELS,
});

@ObjectType('User', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'An employee who works in the product.',
})
export class UserType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => String, { description: 'For lists: last, first and patronymic name.' })
  name!: string;

  @Field(() => String, { description: 'The family’s name.' })
  lastName!: string;

  @Field(() => String, { description: 'The given name.' })
  firstName!: string;

  @Field(() => String, { nullable: true, description: 'The father’s name, where there is one.' })
  patronymic!: string | null;

  @Field(() => Presence, { description: 'Whether they can be reached now.' })
  presence!: Presence;

  @Field(() => PhoneNumber, { nullable: true, description: `Their phone at work, E.164; ${HIDDEN}` })
  workPhone!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: `Whether they work here now; who does not cannot sign in; ${HIDDEN}`,
  })
  active!: boolean | null;

  @Field(() => Instant, {
    nullable: true,
    description: `When they last signed in; null before the first time, and ${HIDDEN}`,
  })
  lastLoginAt!: string | null;

  @Field(() => Instant, { nullable: true, description: `When they were made known here; ${HIDDEN}` })
  createdAt!: string | null;
}

export const UserConnection = connectionOf(() => UserType, 'User', 'users');

@ObjectType('Role', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'A named set of permissions that users carry.',
})
export class RoleType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => String, { description: 'Unique; `admin`, `supervisor` and `operator` are there from the start.' })
  name!: string;

  @Field(() => [String], { description: 'What it allows, such as `customers.read`.' })
  permissions!: string[];

  @Field(() => Boolean, { description: 'Whether it is one of those that are there from the start.' })
  builtIn!: boolean;
}

export const RoleConnection = connectionOf(() => RoleType, 'Role', 'roles');

@ObjectType('UserGroup', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'A team of users that supervisors answer for.',
})
export class UserGroupType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => String, { description: 'Unique.' })
  name!: string;
}

export const UserGroupConnection = connectionOf(() => UserGroupType, 'UserGroup', 'groups of users');
