import { Entity, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { IDENTITY, INSTANT } from '../shared/columns.js';
import { Source } from './source.entity.js';

/** How a source's queue was last told to those who follow it: what is told next is what became different. */
@Entity({ tableName: 'source_queue' })
export class SourceQueue {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => Source })
  @Unique()
  source!: Source;

  /** How many of its inquiries wait. */
  @Property({ type: 'integer', default: 0 })
  length: number = 0;

  /** Since when the one waits that has waited longest. */
  @Property({ ...INSTANT, nullable: true })
  longestSince: Date | null = null;

  /** Of the last change that was told. */
  @Property({ type: 'integer', default: 0 })
  version: number = 0;
}
