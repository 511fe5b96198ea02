import { Field, ID, ObjectType } from 'type-graphql';
import { connectionOf } from '../shared/connection.type.js';
import { NodeType } from '../shared/node.type.js';
import { Instant } from '../shared/scalars.js';

@ObjectType('PartnerKey', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'A key by which a partner’s system uses the graph; the secret is shown once, when it is made.',
})
export class PartnerKeyType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => String, { description: 'Whose key it is.' })
  name!: string;

  @Field(() => [String], { description: 'What it allows, such as `calls:read`.' })
  scopes!: string[];

  @Field(() => Instant, { description: 'When it was made.' })
  createdAt!: string;

  @Field(() => Instant, { nullable: true, description: 'Since when it is good for nothing; null while it is good.' })
  revokedAt!: string | null;
}

export const PartnerKeyConnection = connectionOf(() => PartnerKeyType, 'PartnerKey', 'partner keys');
