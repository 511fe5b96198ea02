import { Arg, Args, Ctx, FieldResolver, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import { CustomerType } from '../../schema/customers/customer.type.js';
import { OperatorType } from '../../schema/identity/operator.type.js';
import { PartnerKeyType } from '../../schema/identity/partner-key.type.js';
import { UserGroupOrder } from '../../schema/identity/user.inputs.js';
import { UserGroupConnection, UserType } from '../../schema/identity/user.type.js';
import { ViewerKind, ViewerType } from '../../schema/identity/viewer.type.js';
import { ConnectionArgs } from '../../schema/shared/connection.type.js';
import { customers } from '../../services/customers/customer.queries.js';
import { operators } from '../../services/identity/operator.queries.js';
import { partnerKeys } from '../../services/identity/partner-key.queries.js';
import { userGroups, users } from '../../services/identity/user.queries.js';
import { SUPERVISED } from '../../services/identity/user-group.policy.js';
import type { Actor } from '../../services/shared/access/actor.js';

const KINDS: Readonly<Record<Actor['kind'], ViewerKind | undefined>> = {
  user: ViewerKind.USER,
  customer: ViewerKind.CUSTOMER,
  partner: ViewerKind.PARTNER,
  anonymous: undefined,
  system: undefined,
};

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType, { description: 'Whoever asks.' })
  viewer(@Ctx() { actor }: Context) {
    return {
      kind: KINDS[actor.kind],
      role: actor.kind === 'user' ? actor.role : null,
      permissions: [...actor.permissions].sort(),
    };
  }

  @FieldResolver(() => UserType, { nullable: true, description: 'The employee; null for anybody else.' })
  user(@Ctx() { actor, reader }: Context) {
    return actor.kind === 'user' ? reader.byId(users, actor.userId) : null;
  }

  @FieldResolver(() => OperatorType, {
    nullable: true,
    description: 'The employee’s profile for talking to customers; null for who has none.',
  })
  operator(@Ctx() { actor, reader }: Context) {
    return actor.kind === 'user' ? reader.byId(operators, actor.operatorId) : null;
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: 'The customer; null for anybody else.' })
  customer(@Ctx() { actor, reader }: Context) {
    return actor.kind === 'customer' ? reader.byId(customers, actor.customerId) : null;
  }

  @FieldResolver(() => PartnerKeyType, { nullable: true, description: 'The partner’s key; null for anybody else.' })
  partner(@Ctx() { actor, reader }: Context) {
    return actor.kind === 'partner' ? reader.byId(partnerKeys, actor.partnerKeyId) : null;
  }

  @FieldResolver(() => UserGroupConnection, { description: 'The groups that the employee answers for.' })
  supervisedGroups(
    @Args() page: ConnectionArgs,
    @Arg('orderBy', () => UserGroupOrder, { nullable: true, description: 'By name when left out.' })
    orderBy: UserGroupOrder | null,
    @Ctx() { reader }: Context,
  ) {
    return reader.page(userGroups, { ...page, orderBy }, [SUPERVISED]);
  }
}
