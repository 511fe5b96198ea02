import { Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { CREATED, IDENTITY } from '../shared/columns.js';

/**
 * A potential customer, known by what no other lead is known by (requirements, part 7).
 *
 * What leads are known by is unique where there is any: such an index is none that a foreign key could refer to, so who
 * fills a lead in keeps nobody from writing rows that refer to it.
 */
@Entity({ tableName: 'lead' })
@Unique({ name: 'lead_external_id_unique', properties: ['externalId'], where: '(external_id IS NOT NULL)' })
@Unique({ name: 'lead_phone_unique', properties: ['phone'], where: '(phone IS NOT NULL)' })
@Unique({ name: 'lead_email_unique', properties: ['email'], where: '(email IS NOT NULL)' })
@Index({ properties: ['createdAt', 'id'] })
export class Lead {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @Property({ type: 'text', nullable: true })
  name: string | null = null;

  /** In the namespace that sources share; those of sources with their own stand apart. */
  @Property({ type: 'text', nullable: true })
  externalId: string | null = null;

  /** E.164. */
  @Property({ type: 'text', nullable: true })
  phone: string | null = null;

  /** In lower case. */
  @Property({ type: 'text', nullable: true })
  email: string | null = null;

  /** The lead that it was found to be the same as; it has no identifiers and no inquiries any more. */
  @ManyToOne({ entity: () => Lead, nullable: true, deleteRule: 'no action' })
  @Index()
  mergedInto: Lead | null = null;

  /** Of its last change, counted up under the row's lock: the order of its events. */
  @Property({ type: 'integer', default: 1 })
  version: number = 1;

  @Property({ ...CREATED })
  createdAt!: Date;
}
