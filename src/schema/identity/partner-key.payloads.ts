import { Field, ObjectType } from 'type-graphql';
import { UserErrorType } from '../shared/user-error.type.js';
import { PartnerKeyType } from './partner-key.type.js';

@ObjectType({ description: 'What making a partner’s key gave.' })
export class CreatePartnerKeyPayload {
  @Field(() => PartnerKeyType, { nullable: true, description: 'The key; null when it was refused.' })
  partnerKey!: PartnerKeyType | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the partner sends as `Authorization: Bearer …`; shown here and never again.',
  })
  secret!: string | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What revoking a partner’s key gave.' })
export class RevokePartnerKeyPayload {
  @Field(() => PartnerKeyType, { nullable: true, description: 'The key, revoked; null when it was refused.' })
  partnerKey!: PartnerKeyType | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  errors!: UserErrorType[];
}
