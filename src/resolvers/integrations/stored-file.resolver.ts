import { FieldResolver, Resolver } from 'type-graphql';
import { StoredFileType } from '../../schema/integrations/stored-file.type.js';
import { SafeInt } from '../../schema/shared/scalars.js';
import { column } from '../../services/shared/read/reads/values.js';
import { Declares } from '../shared/declares.js';

@Resolver(() => StoredFileType)
export class StoredFileResolver {
  @FieldResolver(() => SafeInt)
  @Declares()
  sizeBytes() {
    return column('sizeBytes');
  }
}
