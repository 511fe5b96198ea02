import { Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { CREATED, IDENTITY } from '../shared/columns.js';

/** A potential customer, known by what no other lead is known by (requirements, part 7). */
@Entity({ tableName: 'lead' })
@Index({ properties: ['createdAt', 'id'] })
export class Lead {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @Property({ type: 'text', nullable: true })
  name: string | null = null;

  /** In the namespace that sources share; those of sources with their own stand apart. */
  @Property({ type: 'text', nullable: true })
  @Unique()
  externalId: string | null = null;

  /** E.164. */
  @Property({ type: 'text', nullable: true })
  @Unique()
  phone: string | null = null;

  /** In lower case. */
  @Property({ type: 'text', nullable: true })
  @Unique()
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
