import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import { CustomerType } from '../../schema/customers/customer.type.js';
import { ChangeActorKind, ChangeActorType } from '../../schema/history/change-record.type.js';
import { PartnerKeyType } from '../../schema/identity/partner-key.type.js';
import { UserType } from '../../schema/identity/user.type.js';
import { customers } from '../../services/customers/customer.queries.js';
import { type ChangeActor, readActorName } from '../../services/history/read-actor-name.js';
import { partnerKeys } from '../../services/identity/partner-key.queries.js';
import { users } from '../../services/identity/user.queries.js';
import { parent } from '../../services/shared/read/reads/to-one.js';
import { computed } from '../../services/shared/read/reads/values.js';
import { Declares } from '../shared/declares.js';

/** By what an actor's key begins with. */
const KINDS: Readonly<Record<string, ChangeActorKind>> = {
  user: ChangeActorKind.USER,
  customer: ChangeActorKind.CUSTOMER,
  partner: ChangeActorKind.PARTNER,
  source: ChangeActorKind.SOURCE,
  'web-form': ChangeActorKind.SOURCE,
  system: ChangeActorKind.SYSTEM,
};

@Resolver(() => ChangeActorType)
export class ChangeActorResolver {
  @FieldResolver(() => ChangeActorKind)
  @Declares()
  kind() {
    return computed<ChangeActor>(['key'], ({ key }) => KINDS[key.split(':')[0]!] ?? ChangeActorKind.ANONYMOUS);
  }

  @FieldResolver(() => String, { nullable: true, description: 'What to call them; null where you may not see them.' })
  name(@Root() actor: ChangeActor, @Ctx() { reader }: Context) {
    return readActorName(actor, reader);
  }

  @FieldResolver(() => UserType, { nullable: true, description: 'The employee; null for anybody else.' })
  @Declares()
  user() {
    return parent(users, 'user');
  }

  @FieldResolver(() => CustomerType, {
    nullable: true,
    description: 'The customer; null for anybody else, and where you may not see them.',
  })
  @Declares()
  customer() {
    return parent(customers, 'customer');
  }

  @FieldResolver(() => PartnerKeyType, {
    nullable: true,
    description: 'The partner’s key; null for anybody else, and where you may not see it.',
  })
  @Declares()
  partnerKey() {
    return parent(partnerKeys, 'partnerKey');
  }
}
