import { FieldResolver, ID, Resolver, Root } from 'type-graphql';
import type { StoredFile } from '../../entities/integrations/stored-file.entity.js';
import { StoredFileType } from '../../schema/integrations/stored-file.type.js';
import { SafeInt } from '../../schema/shared/scalars.js';
import { encodeId } from '../../services/shared/ids/global-id.js';
import type { Row } from '../../services/shared/read/row.js';

@Resolver(() => StoredFileType)
export class StoredFileResolver {
  @FieldResolver(() => ID)
  id(@Root() file: Row<StoredFile>) {
    return encodeId('StoredFile', file.id);
  }

  @FieldResolver(() => SafeInt)
  sizeBytes(@Root() file: Row<StoredFile>) {
    return Number(file.sizeBytes);
  }
}
