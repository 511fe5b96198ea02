import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Operator } from '../identity/operator.entity.js';
import { CREATED, IDENTITY, INSTANT } from '../shared/columns.js';
import { ACCEPT, ACTIVE, DUE, OF_OPERATOR, WAITING, WARN } from './inquiry.indexes.js';
import { InquiryStatus } from './inquiry-status.enum.js';
import { Lead } from './lead.entity.js';
import { Source } from './source.entity.js';
import { WaitingReason } from './waiting-reason.enum.js';

const WAITS = "(status = 'ACTIVE' and operator_id is null)";
const HELD = "(status = 'ACTIVE' and operator_id is not null)";

/** One approach by a lead through one source (requirements, part 7). */
@Entity({ tableName: 'inquiry' })
@Check({ name: 'inquiry_waits_for_a_reason_check', expression: `${WAITS} = (waiting_reason is not null)` })
@Check({ name: 'inquiry_waits_since_check', expression: `${WAITS} = (waiting_since is not null)` })
@Check({ name: 'inquiry_ended_check', expression: "(status = 'ACTIVE') = (ended_at is null)" })
@Check({ name: 'inquiry_offer_check', expression: `accept_by is null or ${HELD}` })
@Index({ properties: ['registeredAt', 'id'] })
@Index({ properties: ['lead', 'registeredAt', 'id'] })
@Index({ properties: ['source', 'registeredAt', 'id'] })
@Index({ properties: ['operator', 'registeredAt', 'id'] })
@Index({ name: 'inquiry_waiting_index', expression: WAITING })
@Index({ name: 'inquiry_accept_by_index', expression: ACCEPT })
@Index({ name: 'inquiry_warn_at_index', expression: WARN })
@Index({ name: 'inquiry_breach_at_index', expression: DUE })
@Index({ name: 'inquiry_active_index', expression: ACTIVE })
@Index({ name: 'inquiry_active_operator_index', expression: OF_OPERATOR })
export class Inquiry {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => Source })
  source!: Source;

  @ManyToOne({ entity: () => Lead })
  lead!: Lead;

  /** Who has it, or had it when it ended; null while it waits. */
  @ManyToOne({ entity: () => Operator, nullable: true, deleteRule: 'no action' })
  operator: Operator | null = null;

  @Enum({ items: () => InquiryStatus, type: 'text', default: InquiryStatus.ACTIVE })
  status: InquiryStatus = InquiryStatus.ACTIVE;

  /** Those of a higher one leave the queue first. */
  @Property({ type: 'integer' })
  priority!: number;

  /** That its operator must have, those that the source asks for among them. */
  @Property({ columnType: 'text[]', type: 'array' })
  skills: string[] = [];

  /** What the inquiry itself said of its lead, normalised; the lead may be known by other words. */
  @Property({ type: 'text', nullable: true })
  externalId: string | null = null;

  @Property({ type: 'text', nullable: true })
  phone: string | null = null;

  @Property({ type: 'text', nullable: true })
  email: string | null = null;

  @Property({ type: 'text', nullable: true })
  name: string | null = null;

  @Property({ type: 'text' })
  message!: string;

  @Enum({ items: () => WaitingReason, type: 'text', nullable: true })
  waitingReason: WaitingReason | null = null;

  @Property({ ...INSTANT, nullable: true })
  waitingSince: Date | null = null;

  @Property({ ...INSTANT, nullable: true })
  assignedAt: Date | null = null;

  /** Until when its operator accepts it before it moves on; null where nothing is to be accepted any more. */
  @Property({ ...INSTANT, nullable: true })
  acceptBy: Date | null = null;

  /** How often it moved on since an operator declined it or did not accept it in time. */
  @Property({ type: 'integer', default: 0 })
  passes: number = 0;

  @Property({ ...INSTANT, nullable: true })
  answerDueAt: Date | null = null;

  /** From when on that deadline is near; null where it is not warned of. */
  @Property({ ...INSTANT, nullable: true })
  answerAtRiskAt: Date | null = null;

  /** When the deadline is to be warned of, and its breach to be told; null when it was, or need not be. */
  @Property({ ...INSTANT, nullable: true, hidden: true })
  warnAt: Date | null = null;

  @Property({ ...INSTANT, nullable: true, hidden: true })
  breachAt: Date | null = null;

  @Property({ ...INSTANT, nullable: true })
  answeredAt: Date | null = null;

  @Property({ ...INSTANT, nullable: true })
  endedAt: Date | null = null;

  @Property({ ...INSTANT, nullable: true, hidden: true })
  reopenedAt: Date | null = null;

  @Property({ ...CREATED })
  registeredAt!: Date;

  /** Its place in the queue among those of its priority: when it came in, or was last let pass. */
  @Property({ ...CREATED, hidden: true })
  queuedAt!: Date;

  /** Of its last change, counted up under the row's lock: the order of its events. */
  @Property({ type: 'integer', default: 1 })
  version: number = 1;
}
