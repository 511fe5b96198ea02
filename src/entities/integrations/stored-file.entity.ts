import { Check, Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { User } from '../identity/user.entity.js';
import { CREATED, IDENTITY } from '../shared/columns.js';

/** A file that was sent to `POST /files`; its bytes lie under `DATA_DIR/files`. */
@Entity({ tableName: 'stored_file' })
@Check({ name: 'stored_file_size_check', expression: 'size_bytes >= 0' })
export class StoredFile {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  /** As the sender called it; never used as a path. */
  @Property({ type: 'text' })
  name!: string;

  /** Where the bytes are, relative to the folder of files: a random name of ours. */
  @Property({ type: 'text', hidden: true })
  path!: string;

  @Property({ type: 'bigint' })
  sizeBytes!: string;

  /** Of the bytes, hex. */
  @Property({ type: 'text' })
  sha256!: string;

  @ManyToOne({ entity: () => User, nullable: true, deleteRule: 'no action' })
  uploadedBy: User | null = null;

  @Property({ ...CREATED })
  createdAt!: Date;
}
