import { Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Customer } from '../customers/customer.entity.js';
import { PartnerKey } from '../identity/partner-key.entity.js';
import { User } from '../identity/user.entity.js';
import { IDENTITY, INSTANT } from '../shared/columns.js';
import type { ChangeKind } from './change-kind.enum.js';

const byActor = (column: string) =>
  `create index "change_record_${column}_index" on "change_record" ("${column}", "recorded_at", "id") where "${column}" is not null`;

/**
 * That somebody changed something (requirements, part 1): who, when, from where, before and after. Kept for good; what
 * stands in it may be erased, that it happened may not.
 */
@Entity({ tableName: 'change_record' })
@Index({ properties: ['subjectKind', 'subjectId', 'recordedAt', 'id'] })
@Index({ properties: ['kind', 'recordedAt', 'id'] })
@Index({ properties: ['recordedAt', 'id'] })
@Index({ name: 'change_record_user_id_index', expression: byActor('user_id') })
@Index({ name: 'change_record_customer_id_index', expression: byActor('customer_id') })
@Index({ name: 'change_record_partner_key_id_index', expression: byActor('partner_key_id') })
export class ChangeRecord {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  /** When it was written: of one subject, in the order of its changes. */
  @Property({ ...INSTANT, defaultRaw: 'clock_timestamp()' })
  recordedAt!: Date;

  @Property({ type: 'text' })
  kind!: ChangeKind;

  /** The type of what was changed, as global ids name it. */
  @Property({ type: 'text' })
  subjectKind!: string;

  @Property({ type: 'bigint' })
  subjectId!: string;

  /** Of what counts its changes. */
  @Property({ type: 'integer', nullable: true })
  subjectVersion: number | null = null;

  /** Who did it, as the key of an actor: `user:12`, `system:import`. */
  @Property({ type: 'text' })
  actor!: string;

  @ManyToOne({ entity: () => User, nullable: true, deleteRule: 'no action' })
  user: User | null = null;

  @ManyToOne({ entity: () => Customer, nullable: true, deleteRule: 'no action' })
  customer: Customer | null = null;

  @ManyToOne({ entity: () => PartnerKey, nullable: true, deleteRule: 'no action' })
  partnerKey: PartnerKey | null = null;

  @Property({ type: 'text', nullable: true })
  clientAddress: string | null = null;

  @Property({ type: 'text', nullable: true })
  clientAgent: string | null = null;

  @Property({ type: 'text', nullable: true })
  clientName: string | null = null;

  @Property({ type: 'text', nullable: true })
  clientVersion: string | null = null;

  /** Of what was changed, the fields that became different, as they were. */
  @Property({ type: 'json', columnType: 'jsonb', nullable: true })
  before: Record<string, unknown> | null = null;

  @Property({ type: 'json', columnType: 'jsonb', nullable: true })
  after: Record<string, unknown> | null = null;

  /** When its contents were erased. */
  @Property({ ...INSTANT, nullable: true })
  erasedAt: Date | null = null;

  /** When the client of who did it was erased. */
  @Property({ ...INSTANT, nullable: true })
  clientErasedAt: Date | null = null;
}
