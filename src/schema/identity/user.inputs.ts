import { ArgsType, Field, InputType } from 'type-graphql';
import { Presence } from '../../entities/identity/presence.enum.js';
import type { SetPresence } from '../../services/identity/set-presence.js';
import type { roles, userGroups, users } from '../../services/identity/user.queries.js';
import type { FilterOf, OrderFieldOf } from '../../services/shared/read/readable.js';
import { ConnectionArgs } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { OrderDirection } from '../shared/order-direction.enum.js';

const WHOLE = 'Only users of whom you see all are found.';

export enum UserOrderField {
  NAME = 'NAME',
}

describeEnum(UserOrderField, {
  name: 'UserOrderField',
  description: 'What users are ordered by.',
  values: { NAME: 'The last, then the first name.' },
});

@InputType({ description: 'Which users; every field given must hold.' })
export class UserFilter implements FilterOf<typeof users> {
  @Field(() => String, { nullable: true, description: 'With this text in the name, whatever its case.' })
  name?: string | null;

  @Field(() => Presence, { nullable: true, description: 'With this presence.' })
  presence?: Presence | null;

  @Field(() => Boolean, { nullable: true, description: `Active, or not. ${WHOLE}` })
  active?: boolean | null;

  @Field(() => String, { nullable: true, description: `With the role of this name. ${WHOLE}` })
  role?: string | null;

  @Field(() => String, { nullable: true, description: `With this e-mail, whatever its case. ${WHOLE}` })
  email?: string | null;
}

@InputType({ description: 'How users are ordered.' })
export class UserOrder {
  @Field(() => UserOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof users>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of users. */
@ArgsType()
export class UserListArgs extends ConnectionArgs {
  @Field(() => UserFilter, { nullable: true, description: 'Which; all when left out.' })
  filter?: UserFilter | null;

  @Field(() => UserOrder, { nullable: true, description: 'By name when left out.' })
  orderBy?: UserOrder | null;
}

/** The arguments of a list of a group's users. */
@ArgsType()
export class MemberListArgs extends ConnectionArgs {
  @Field(() => UserOrder, { nullable: true, description: 'By name when left out.' })
  orderBy?: UserOrder | null;
}

export enum UserGroupOrderField {
  NAME = 'NAME',
}

describeEnum(UserGroupOrderField, {
  name: 'UserGroupOrderField',
  description: 'What groups of users are ordered by.',
  values: { NAME: 'Their name.' },
});

@InputType({ description: 'Which groups; every field given must hold.' })
export class UserGroupFilter implements FilterOf<typeof userGroups> {
  @Field(() => String, { nullable: true, description: 'With this text in the name, whatever its case.' })
  name?: string | null;
}

@InputType({ description: 'How groups of users are ordered.' })
export class UserGroupOrder {
  @Field(() => UserGroupOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof userGroups>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of groups of users. */
@ArgsType()
export class UserGroupListArgs extends ConnectionArgs {
  @Field(() => UserGroupFilter, { nullable: true, description: 'Which; all when left out.' })
  filter?: UserGroupFilter | null;

  @Field(() => UserGroupOrder, { nullable: true, description: 'By name when left out.' })
  orderBy?: UserGroupOrder | null;
}

export enum RoleOrderField {
  NAME = 'NAME',
}

describeEnum(RoleOrderField, {
  name: 'RoleOrderField',
  description: 'What roles are ordered by.',
  values: { NAME: 'Their name.' },
});

@InputType({ description: 'How roles are ordered.' })
export class RoleOrder {
  @Field(() => RoleOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof roles>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of roles. */
@ArgsType()
export class RoleListArgs extends ConnectionArgs {
  @Field(() => RoleOrder, { nullable: true, description: 'By name when left out.' })
  orderBy?: RoleOrder | null;
}

@InputType({ description: 'Whether you can be reached.' })
export class SetPresenceInput implements SetPresence {
  @Field(() => Presence, {
    description:
      'Inquiries of sources that ask for presence come to who is ONLINE or WORKING. It stays until you say another, or your last session ends.',
  })
  presence!: Presence;
}
