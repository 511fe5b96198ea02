import { Entity, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { CREATED, IDENTITY } from '../shared/columns.js';
import { Source } from './source.entity.js';

/**
 * All weights of a source as they stood from one change to the next, kept for good: what an assignment was chosen by is
 * one of these and a letter for each operator of it. The database writes it whenever weights change.
 */
@Entity({ tableName: 'source_weighting' })
@Unique({ properties: ['source', 'number'] })
export class SourceWeighting {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => Source })
  source!: Source;

  /** Counted up for each source; the greatest is the one that holds. */
  @Property({ type: 'integer' })
  number!: number;

  /** In ascending order. */
  @Property({ columnType: 'bigint[]', type: 'array' })
  operatorIds!: string[];

  /** In the order of the operators. */
  @Property({ columnType: 'numeric[]', type: 'array' })
  weights!: string[];

  @Property({ ...CREATED })
  createdAt!: Date;
}
