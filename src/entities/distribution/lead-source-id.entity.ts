import { Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { IDENTITY } from '../shared/columns.js';
import { Lead } from './lead.entity.js';
import { Source } from './source.entity.js';

/**
 * What a lead is called by a source whose external ids are a namespace of their own: one name, or several where leads
 * were merged.
 */
@Entity({ tableName: 'lead_source_id' })
@Unique({ properties: ['source', 'externalId'] })
@Index({ properties: ['lead', 'id'] })
export class LeadSourceId {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => Lead })
  lead!: Lead;

  @ManyToOne({ entity: () => Source })
  source!: Source;

  @Property({ type: 'text' })
  @Index()
  externalId!: string;
}
