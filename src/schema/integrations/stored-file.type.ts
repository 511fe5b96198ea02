import { Field, ID, ObjectType } from 'type-graphql';
import { NodeType } from '../shared/node.type.js';
import { Instant, SafeInt } from '../shared/scalars.js';

@ObjectType('StoredFile', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'A file that was sent to `POST /files`.',
})
export class StoredFileType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => String, { description: 'As its sender called it.' })
  name!: string;

  @Field(() => SafeInt, { description: 'Its size in bytes.' })
  sizeBytes!: number;

  @Field(() => String, { description: 'SHA-256 of its bytes, hex.' })
  sha256!: string;

  @Field(() => Instant, { description: 'When it was sent.' })
  createdAt!: string;
}
