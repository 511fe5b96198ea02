import { Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { CREATED, IDENTITY } from '../shared/columns.js';
import { Lead } from './lead.entity.js';
import { LeadIdentifier } from './lead-identifier.enum.js';

/**
 * What a lead is known by beside its own identifiers, such as the second phone of a person who was two leads: an inquiry
 * that names it still finds them. No other lead has it, as its own or beside.
 */
@Entity({ tableName: 'lead_alias' })
@Unique({ properties: ['identifier', 'value'] })
@Index({ properties: ['lead', 'id'] })
export class LeadAlias {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => Lead })
  lead!: Lead;

  @Enum({ items: () => LeadIdentifier, type: 'text' })
  identifier!: LeadIdentifier;

  /** Normalised as the lead's own: E.164, or in lower case. */
  @Property({ type: 'text' })
  value!: string;

  @Property({ ...CREATED })
  createdAt!: Date;
}
