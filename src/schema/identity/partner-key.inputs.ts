import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PARTNER_SCOPE_NAMES } from '../../entities/identity/partner-scope.js';
import type { CreatePartnerKey } from '../../services/identity/create-partner-key.js';
import type { partnerKeys } from '../../services/identity/partner-key.queries.js';
import type { RevokePartnerKey } from '../../services/identity/revoke-partner-key.js';
import type { FilterOf, OrderFieldOf } from '../../services/shared/read/readable.js';
import { ConnectionArgs } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { OrderDirection } from '../shared/order-direction.enum.js';

export enum PartnerKeyOrderField {
  NAME = 'NAME',
  CREATED_AT = 'CREATED_AT',
}

describeEnum(PartnerKeyOrderField, {
  name: 'PartnerKeyOrderField',
  description: 'What partner keys are ordered by.',
  values: { NAME: 'Whose they are.', CREATED_AT: 'When they were made.' },
});

@InputType({ description: 'Which partner keys; every field given must hold.' })
export class PartnerKeyFilter implements FilterOf<typeof partnerKeys> {
  @Field(() => Boolean, { nullable: true, description: 'Revoked, or not.' })
  revoked?: boolean | null;
}

@InputType({ description: 'How partner keys are ordered.' })
export class PartnerKeyOrder {
  @Field(() => PartnerKeyOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof partnerKeys>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of keys of partners. */
@ArgsType()
export class PartnerKeyListArgs extends ConnectionArgs {
  @Field(() => PartnerKeyFilter, { nullable: true, description: 'Which; all when left out.' })
  filter?: PartnerKeyFilter | null;

  @Field(() => PartnerKeyOrder, { nullable: true, description: 'By name when left out.' })
  orderBy?: PartnerKeyOrder | null;
}

@InputType({ description: 'A partner’s key to be made.' })
export class CreatePartnerKeyInput implements CreatePartnerKey {
  @Field(() => String, { description: 'Whose key it is, 1 to 200 characters.' })
  name!: string;

  @Field(() => [String], { description: `What it is to allow, of: ${PARTNER_SCOPE_NAMES.join(', ')}.` })
  scopes!: string[];
}

@InputType({ description: 'A partner’s key to be revoked.' })
export class RevokePartnerKeyInput implements RevokePartnerKey {
  @Field(() => ID, { description: 'Which key.' })
  partnerKeyId!: string;
}
