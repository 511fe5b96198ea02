import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { CREATED, IDENTITY, INSTANT } from '../shared/columns.js';
import { WebhookDeliveryState } from './webhook-delivery-state.enum.js';
import { WebhookEndpoint } from './webhook-endpoint.entity.js';

/** The order in which what waits for one endpoint leaves: of a subject, positions in the log are the order of its versions. */
const BY_SUBJECT = `create index "webhook_delivery_pending_subject_index" on "webhook_delivery" ("endpoint_id", "subject_kind", "subject_id", "position") where state = 'PENDING'`;
const BY_INSTANT = `create index "webhook_delivery_due_index" on "webhook_delivery" ("endpoint_id", "next_attempt_at", "id") where state = 'PENDING'`;

const UNDER_WAY = `create index "webhook_delivery_under_way_index" on "webhook_delivery" ("endpoint_id", "locked_until") where lease is not null`;
const ENDED =
  "(state = 'PENDING') = (ended_at is null) and (state = 'PENDING') = (next_attempt_at is not null) and (state = 'PENDING' or lease is null)";

/** An event on its way to an endpoint, with what it needs when the event log no longer has it. */
@Entity({ tableName: 'webhook_delivery' })
@Unique({ properties: ['endpoint', 'log', 'xid', 'position', 'kind'] })
@Index({ properties: ['createdAt', 'id'] })
@Index({ properties: ['endpoint', 'createdAt', 'id'] })
@Index({ properties: ['subjectId', 'subjectKind', 'createdAt', 'id'] })
@Index({ name: 'webhook_delivery_pending_subject_index', expression: BY_SUBJECT })
@Index({ name: 'webhook_delivery_due_index', expression: BY_INSTANT })
@Index({ name: 'webhook_delivery_under_way_index', expression: UNDER_WAY })
@Check({ name: 'webhook_delivery_attempts_check', expression: 'attempt_count >= 0' })
@Check({ name: 'webhook_delivery_ended_check', expression: ENDED })
export class WebhookDelivery {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => WebhookEndpoint, deleteRule: 'no action' })
  endpoint!: WebhookEndpoint;

  /** What receivers tell a repeat by; not the key, which a restored database gives out again. */
  @Property({ type: 'uuid', defaultRaw: 'gen_random_uuid()' })
  @Unique()
  messageId!: string;

  /** The event log that the place is of. */
  @Property({ type: 'uuid' })
  log!: string;

  /** The event's place in the log: `FeedPosition`. */
  @Property({ type: 'bigint' })
  xid!: string;

  @Property({ type: 'bigint' })
  position!: string;

  @Property({ type: 'text' })
  kind!: string;

  /** The type of the graph that the event is about. */
  @Property({ type: 'text' })
  subjectKind!: string;

  @Property({ type: 'bigint' })
  subjectId!: string;

  @Property({ type: 'integer' })
  subjectVersion!: number;

  /** When it happened. */
  @Property({ ...INSTANT })
  recordedAt!: Date;

  @Property({ type: 'jsonb', hidden: true })
  data!: unknown;

  @Enum({ items: () => WebhookDeliveryState, type: 'text', default: WebhookDeliveryState.PENDING })
  state: WebhookDeliveryState = WebhookDeliveryState.PENDING;

  /** Why it failed or was cancelled, in words for a person. */
  @Property({ type: 'text', nullable: true })
  reason: string | null = null;

  /** Attempts begun since it began to wait. */
  @Property({ type: 'integer', default: 0 })
  attemptCount: number = 0;

  /** Null when it has ended. */
  @Property({ ...INSTANT, nullable: true })
  nextAttemptAt: Date | null = null;

  /** Until when a process is at it; when that runs out, the process is taken for gone. */
  @Property({ ...INSTANT, nullable: true, hidden: true })
  lockedUntil: Date | null = null;

  /** What the process at it proves that by. */
  @Property({ type: 'uuid', nullable: true, hidden: true })
  lease: string | null = null;

  @Property({ ...CREATED })
  createdAt!: Date;

  @Property({ ...INSTANT, nullable: true })
  endedAt: Date | null = null;
}
