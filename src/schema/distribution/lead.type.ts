import { Field, ID, ObjectType } from 'type-graphql';
import { DUPLICATE_STATE_LABELS, DuplicateState } from '../../entities/distribution/duplicate-state.enum.js';
import { LEAD_IDENTIFIER_LABELS, LeadIdentifier } from '../../entities/distribution/lead-identifier.enum.js';
import { connectionOf } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { NodeType } from '../shared/node.type.js';
import { Instant, PhoneNumber } from '../shared/scalars.js';

describeEnum(LeadIdentifier, {
  name: 'LeadIdentifier',
  description: 'What a lead is known by, the strongest first.',
  values: {
    EXTERNAL_ID: 'What the source calls them.',
    PHONE: 'The phone number.',
    EMAIL: 'The e-mail address.',
  },
  labels: LEAD_IDENTIFIER_LABELS,
});

describeEnum(DuplicateState, {
  name: 'DuplicateState',
  description: 'What became of two leads that may be one.',
  values: {
    OPEN: 'Nobody has looked at it yet.',
    DISMISSED: 'They are different people.',
    MERGED: 'They were one person, and are one lead now.',
    REPLACED:
      'One of them was merged into a third lead, and the possible duplicate of that and the other stands for it.',
  },
  labels: DUPLICATE_STATE_LABELS,
});

@ObjectType('Lead', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'A potential customer, known by what no other lead is known by.',
})
export class LeadType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'The name that an inquiry gave; null where none did.' })
  name!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What sources call them, in the namespace that sources share; others stand in `sourceIds`.',
  })
  externalId!: string | null;

  @Field(() => PhoneNumber, { nullable: true, description: 'Their phone number, E.164.' })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'Their e-mail address, in small letters.' })
  email!: string | null;

  @Field(() => Instant, {
    description: 'When their first inquiry came, those of leads that were merged into them among them.',
  })
  createdAt!: string;
}

export const LeadConnection = connectionOf(() => LeadType, 'Lead', 'leads');

@ObjectType('LeadSourceId', {
  simpleResolvers: true,
  implements: NodeType,
  description:
    'What a lead is called by a source whose external ids are a namespace of their own; several where leads were merged.',
})
export class LeadSourceIdType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => String, { description: 'What the source calls them.' })
  externalId!: string;
}

@ObjectType('LeadAlias', {
  simpleResolvers: true,
  implements: NodeType,
  description:
    'What a lead is known by beside its own identifiers, such as the second phone number of a person who was two leads: inquiries that name it are theirs too.',
})
export class LeadAliasType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => LeadIdentifier, { description: 'Of what kind it is.' })
  identifier!: LeadIdentifier;

  @Field(() => String, { description: 'The external id, the phone number in E.164, or the address in small letters.' })
  value!: string;

  @Field(() => Instant, { description: 'When they came to be known by it beside.' })
  createdAt!: string;
}

export const LeadAliasConnection = connectionOf(() => LeadAliasType, 'LeadAlias', 'aliases');

export const LeadSourceIdConnection = connectionOf(() => LeadSourceIdType, 'LeadSourceId', 'names by sources');

@ObjectType('LeadDuplicate', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'Two leads that one inquiry named at once: they may be one person.',
})
export class LeadDuplicateType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => LeadIdentifier, {
    description: 'By what the inquiry named the lead that it was not given to.',
  })
  identifier!: LeadIdentifier;

  @Field(() => DuplicateState, { description: 'What became of it.' })
  state!: DuplicateState;

  @Field(() => Instant, { nullable: true, description: 'When somebody decided; null while it is open.' })
  decidedAt!: string | null;

  @Field(() => Instant, { description: 'When it was found.' })
  createdAt!: string;
}

export const LeadDuplicateConnection = connectionOf(() => LeadDuplicateType, 'LeadDuplicate', 'possible duplicates');
