import { Arg, Args, FieldResolver, ID, Query, Resolver } from 'type-graphql';
import { InquiryListArgs } from '../../schema/distribution/inquiry.inputs.js';
import { InquiryConnection, InquiryType } from '../../schema/distribution/inquiry.type.js';
import { LeadDuplicateListArgs, LeadListArgs } from '../../schema/distribution/lead.inputs.js';
import {
  LeadAliasConnection,
  LeadConnection,
  LeadDuplicateConnection,
  LeadDuplicateType,
  LeadSourceIdConnection,
  LeadSourceIdType,
  LeadType,
} from '../../schema/distribution/lead.type.js';
import { SourceType } from '../../schema/distribution/source.type.js';
import { UserType } from '../../schema/identity/user.type.js';
import { ConnectionArgs } from '../../schema/shared/connection.type.js';
import { inquiries } from '../../services/distribution/inquiry.queries.js';
import { leadAliases, leadDuplicates, leadSourceIds, leads } from '../../services/distribution/lead.queries.js';
import { sources } from '../../services/distribution/source.queries.js';
import { users } from '../../services/identity/user.queries.js';
import { page, pageOf } from '../../services/shared/read/reads/list.js';
import { byId, parent } from '../../services/shared/read/reads/to-one.js';
import { Declares } from '../shared/declares.js';

@Resolver(() => LeadType)
export class LeadResolver {
  @Query(() => LeadType, { nullable: true, description: 'One lead; null when there is none that you may see.' })
  @Declares('id')
  lead(@Arg('id', () => ID, { description: 'The lead’s id.' }) id: string) {
    return byId(leads, id);
  }

  @Query(() => LeadConnection, { description: 'The leads that you may see.' })
  @Declares()
  leads(@Args() list: LeadListArgs) {
    return page(leads, list);
  }

  @FieldResolver(() => LeadSourceIdConnection, {
    description: 'What sources call them whose external ids are a namespace of their own.',
  })
  @Declares()
  sourceIds(@Args() list: ConnectionArgs) {
    return pageOf(leadSourceIds, ['lead'], list);
  }

  @FieldResolver(() => LeadAliasConnection, {
    description: 'What they are known by beside `externalId`, `phone` and `email`, such as by a second phone number.',
  })
  @Declares()
  aliases(@Args() list: ConnectionArgs) {
    return pageOf(leadAliases, ['lead'], list);
  }

  @FieldResolver(() => InquiryConnection, { description: 'Their inquiries that you may see.' })
  @Declares()
  inquiries(@Args() list: InquiryListArgs) {
    return pageOf(inquiries, ['lead'], list);
  }

  @FieldResolver(() => LeadDuplicateConnection, {
    description: 'Leads that may be the same person, as far as you may see that.',
  })
  @Declares()
  duplicates(@Args() list: LeadDuplicateListArgs) {
    return pageOf(leadDuplicates, ['first', 'second'], list);
  }

  @FieldResolver(() => LeadType, {
    nullable: true,
    description: 'The lead that it was found to be the same as, and that has its inquiries now; null for all others.',
  })
  @Declares()
  mergedInto() {
    return parent(leads, 'mergedInto');
  }
}

@Resolver(() => LeadSourceIdType)
export class LeadSourceIdResolver {
  @FieldResolver(() => SourceType, { nullable: true, description: 'The source; null where you may not see it.' })
  @Declares()
  source() {
    return parent(sources, 'source');
  }
}

@Resolver(() => LeadDuplicateType)
export class LeadDuplicateResolver {
  @Query(() => LeadDuplicateConnection, { description: 'Leads that may be one person, as far as you may see that.' })
  @Declares()
  leadDuplicates(@Args() list: LeadDuplicateListArgs) {
    return page(leadDuplicates, list);
  }

  @FieldResolver(() => LeadType, { nullable: true, description: 'The older of the two.' })
  @Declares()
  first() {
    return parent(leads, 'first');
  }

  @FieldResolver(() => LeadType, { nullable: true, description: 'The other.' })
  @Declares()
  second() {
    return parent(leads, 'second');
  }

  @FieldResolver(() => InquiryType, { nullable: true, description: 'The first inquiry that named both.' })
  @Declares()
  inquiry() {
    return parent(inquiries, 'inquiry');
  }

  @FieldResolver(() => UserType, { nullable: true, description: 'Who decided; null while it is open.' })
  @Declares()
  decidedBy() {
    return parent(users, 'decidedBy');
  }
}
