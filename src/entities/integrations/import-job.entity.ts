import { Entity, Enum, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { User } from '../identity/user.entity.js';
import { CREATED, IDENTITY, INSTANT } from '../shared/columns.js';
import { ImportKind } from './import-kind.enum.js';
import { ImportState } from './import-state.enum.js';
import { StoredFile } from './stored-file.entity.js';

/**
 * The taking in of a file, row by row; its counts are written in the transactions that take in the rows, so that
 * a restart goes on exactly where it stopped.
 */
@Entity({ tableName: 'import_job' })
@Index({ properties: ['createdAt', 'id'] })
export class ImportJob {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @Enum({ items: () => ImportKind, type: 'text' })
  kind!: ImportKind;

  @ManyToOne({ entity: () => StoredFile })
  file!: StoredFile;

  @Enum({ items: () => ImportState, type: 'text', default: ImportState.QUEUED })
  state: ImportState = ImportState.QUEUED;

  /** Since when what is registered holds. */
  @Property({ ...INSTANT })
  validFrom!: Date;

  /** Rows of the file, counted when the import begins; null before. */
  @Property({ type: 'integer', nullable: true })
  totalRows: number | null = null;

  @Property({ type: 'integer', default: 0 })
  doneRows: number = 0;

  @Property({ type: 'integer', default: 0 })
  createdRows: number = 0;

  @Property({ type: 'integer', default: 0 })
  updatedRows: number = 0;

  @Property({ type: 'integer', default: 0 })
  unchangedRows: number = 0;

  @Property({ type: 'integer', default: 0 })
  badRows: number = 0;

  /** Why the file as a whole was refused, in words for a person. */
  @Property({ type: 'text', nullable: true })
  failure: string | null = null;

  @ManyToOne({ entity: () => User, nullable: true, deleteRule: 'no action' })
  requestedBy: User | null = null;

  @Property({ ...CREATED })
  createdAt!: Date;

  @Property({ ...INSTANT, nullable: true })
  startedAt: Date | null = null;

  @Property({ ...INSTANT, nullable: true })
  finishedAt: Date | null = null;
}
