import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Contract } from '../contracts/contract.entity.js';
import { Customer } from '../customers/customer.entity.js';
import { Operator } from '../identity/operator.entity.js';
import { CREATED, IDENTITY, INSTANT } from '../shared/columns.js';
import { CallDirection } from './call-direction.enum.js';
import { CallStatus } from './call-status.enum.js';

/**
 * One call attempt with its outcome (requirements, part 6).
 *
 * Who held a number is fixed when the call is taken in, as of its start. The id is the order of taking in: of the
 * calls that use up one contract's included seconds, one taken in later has the higher id.
 */
@Entity({ tableName: 'call' })
@Unique({ properties: ['exchange', 'externalId'] })
@Check({ name: 'call_duration_check', expression: 'duration_seconds >= 0' })
@Check({ name: 'call_redirected_check', expression: "(status = 'REDIRECTED') = (redirected_to_number is not null)" })
@Check({ name: 'call_answered_check', expression: "status in ('COMPLETED', 'REDIRECTED') or duration_seconds = 0" })
@Index({ properties: ['startedAt', 'id'] })
@Index({ properties: ['status', 'startedAt', 'id'] })
@Index({ properties: ['callerCustomer', 'startedAt', 'id'] })
@Index({ properties: ['calledCustomer', 'startedAt', 'id'] })
@Index({ properties: ['callerContract', 'startedAt', 'id'] })
@Index({ properties: ['calledContract', 'startedAt', 'id'] })
@Index({ properties: ['callerOperator', 'startedAt', 'id'] })
@Index({ properties: ['calledOperator', 'startedAt', 'id'] })
@Index({ properties: ['redirectedToOperator', 'startedAt', 'id'] })
@Index({ properties: ['callerNumber', 'startedAt', 'id'] })
@Index({ properties: ['calledNumber', 'startedAt', 'id'] })
export class Call {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  /** The telephony system that carried it. */
  @Property({ type: 'text' })
  exchange!: string;

  /** Its id there: the same exchange and id twice is one call. */
  @Property({ type: 'text' })
  externalId!: string;

  @Enum({ items: () => CallDirection, type: 'text' })
  direction!: CallDirection;

  @Enum({ items: () => CallStatus, type: 'text' })
  status!: CallStatus;

  /** E.164, or as the exchange wrote it where it is no number of the public plan. */
  @Property({ type: 'text' })
  callerNumber!: string;

  @ManyToOne({ entity: () => Contract, nullable: true, deleteRule: 'no action' })
  callerContract: Contract | null = null;

  @ManyToOne({ entity: () => Customer, nullable: true, deleteRule: 'no action' })
  callerCustomer: Customer | null = null;

  @ManyToOne({ entity: () => Operator, nullable: true, deleteRule: 'no action' })
  callerOperator: Operator | null = null;

  @Property({ type: 'text' })
  calledNumber!: string;

  @ManyToOne({ entity: () => Contract, nullable: true, deleteRule: 'no action' })
  calledContract: Contract | null = null;

  @ManyToOne({ entity: () => Customer, nullable: true, deleteRule: 'no action' })
  calledCustomer: Customer | null = null;

  @ManyToOne({ entity: () => Operator, nullable: true, deleteRule: 'no action' })
  calledOperator: Operator | null = null;

  @Property({ type: 'text', nullable: true })
  redirectedToNumber: string | null = null;

  @ManyToOne({ entity: () => Customer, nullable: true, deleteRule: 'no action' })
  redirectedToCustomer: Customer | null = null;

  @ManyToOne({ entity: () => Operator, nullable: true, deleteRule: 'no action' })
  redirectedToOperator: Operator | null = null;

  @Property({ ...INSTANT })
  startedAt!: Date;

  @Property({ ...INSTANT, nullable: true })
  answeredAt: Date | null = null;

  @Property({ ...INSTANT, nullable: true })
  endedAt: Date | null = null;

  /** Seconds spoken; zero unless the call was answered. */
  @Property({ type: 'integer' })
  durationSeconds!: number;

  @Property({ ...CREATED })
  recordedAt!: Date;
}
