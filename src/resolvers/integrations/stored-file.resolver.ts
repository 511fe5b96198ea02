import { FieldResolver, ID, Resolver } from 'type-graphql';
import { StoredFileType } from '../../schema/integrations/stored-file.type.js';
import { SafeInt } from '../../schema/shared/scalars.js';
import { column, globalId } from '../../services/shared/read/reads/values.js';
import { Declares } from '../shared/declares.js';

@Resolver(() => StoredFileType)
export class StoredFileResolver {
  @FieldResolver(() => ID)
  @Declares()
  id() {
    return globalId('StoredFile');
  }

  @FieldResolver(() => SafeInt)
  @Declares()
  sizeBytes() {
    return column('sizeBytes');
  }
}
