import { Entity, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { IDENTITY } from '../shared/columns.js';
import { ImportJob } from './import-job.entity.js';

/** Why a row of an import was not taken in. */
@Entity({ tableName: 'import_issue' })
@Unique({ properties: ['job', 'line', 'column'] })
export class ImportIssue {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => ImportJob })
  job!: ImportJob;

  /** Of the file, from 1, the header counted. */
  @Property({ type: 'integer' })
  line!: number;

  /** Of the file, as its header names it; empty where it concerns the row as a whole. */
  @Property({ type: 'text', fieldName: 'column_name' })
  column!: string;

  /** The stable code of the error. */
  @Property({ type: 'text' })
  code!: string;

  @Property({ type: 'text' })
  message!: string;
}
