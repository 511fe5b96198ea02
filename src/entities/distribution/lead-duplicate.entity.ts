import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { User } from '../identity/user.entity.js';
import { CREATED, IDENTITY, INSTANT } from '../shared/columns.js';
import { DuplicateState } from './duplicate-state.enum.js';
import { Inquiry } from './inquiry.entity.js';
import { Lead } from './lead.entity.js';
import { LeadIdentifier } from './lead-identifier.enum.js';

/** Two leads that one inquiry named at once: they may be one person (requirements, part 7). */
@Entity({ tableName: 'lead_duplicate' })
@Unique({ properties: ['first', 'second'] })
@Index({ properties: ['createdAt', 'id'] })
@Index({ properties: ['first', 'createdAt', 'id'] })
@Index({ properties: ['second', 'createdAt', 'id'] })
@Check({ name: 'lead_duplicate_order_check', expression: 'first_id < second_id' })
@Check({ name: 'lead_duplicate_decided_check', expression: "(state = 'OPEN') = (decided_at is null)" })
export class LeadDuplicate {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  /** The older of the two. */
  @ManyToOne({ entity: () => Lead })
  first!: Lead;

  @ManyToOne({ entity: () => Lead })
  second!: Lead;

  /** The first inquiry that named both. */
  @ManyToOne({ entity: () => Inquiry })
  @Index()
  inquiry!: Inquiry;

  /** By which of its identifiers it named the one that it was not given to. */
  @Enum({ items: () => LeadIdentifier, type: 'text' })
  identifier!: LeadIdentifier;

  @Enum({ items: () => DuplicateState, type: 'text', default: DuplicateState.OPEN })
  state: DuplicateState = DuplicateState.OPEN;

  @ManyToOne({ entity: () => User, nullable: true, deleteRule: 'no action' })
  decidedBy: User | null = null;

  @Property({ ...INSTANT, nullable: true })
  decidedAt: Date | null = null;

  @Property({ ...CREATED })
  createdAt!: Date;
}
