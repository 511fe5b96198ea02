import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { CREATED, IDENTITY, INSTANT } from './columns.js';

/** That something which an installation does once has begun, and that it is done. */
@Entity({ tableName: 'installation_mark' })
export class InstallationMark {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @Property({ type: 'text' })
  @Unique()
  name!: string;

  @Property({ ...CREATED })
  begunAt!: Date;

  /** Null until it is done. */
  @Property({ ...INSTANT, nullable: true })
  completedAt: Date | null = null;
}
