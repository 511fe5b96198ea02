import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { PartnerKey } from '../identity/partner-key.entity.js';
import { CREATED, IDENTITY, INSTANT } from '../shared/columns.js';
import { GapReason } from '../shared/gap-reason.enum.js';
import { WebhookEndpointState } from './webhook-endpoint-state.enum.js';

/** Where a partner, or the organisation itself, has events sent (requirements, part 12). */
@Entity({ tableName: 'webhook_endpoint' })
@Index({ properties: ['createdAt', 'id'] })
@Index({ properties: ['partnerKey', 'createdAt', 'id'] })
@Check({ name: 'webhook_endpoint_failures_check', expression: 'failures >= 0 and trips >= 0' })
export class WebhookEndpoint {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  /** Whose it is; null for the organisation's own. */
  @ManyToOne({ entity: () => PartnerKey, nullable: true, deleteRule: 'no action' })
  partnerKey: PartnerKey | null = null;

  @Property({ type: 'text' })
  url!: string;

  @Property({ type: 'text', nullable: true })
  description: string | null = null;

  /** Such as `call.recorded`. */
  @Property({ columnType: 'text[]', type: 'array' })
  eventKinds!: string[];

  @Enum({ items: () => WebhookEndpointState, type: 'text', default: WebhookEndpointState.ACTIVE })
  state: WebhookEndpointState = WebhookEndpointState.ACTIVE;

  /** Why it is not active, in words for a person. */
  @Property({ type: 'text', nullable: true })
  stateReason: string | null = null;

  /** Encrypted: see `SecretBox`. */
  @Property({ type: 'text', hidden: true })
  secret!: string;

  @Property({ type: 'text', nullable: true, hidden: true })
  previousSecret: string | null = null;

  /** Until when messages are signed with the previous secret too. */
  @Property({ ...INSTANT, nullable: true })
  previousSecretUntil: Date | null = null;

  /** The event log that the place is of. */
  @Property({ type: 'uuid', hidden: true })
  log!: string;

  /** The place in the log that events were taken up to: `FeedPosition`. */
  @Property({ type: 'bigint', hidden: true })
  xid!: string;

  @Property({ type: 'bigint', hidden: true })
  position!: string;

  /** Attempts that failed since the last that did not. */
  @Property({ type: 'integer', default: 0 })
  failures: number = 0;

  /** How often the circuit opened since it was last closed. */
  @Property({ type: 'integer', default: 0, hidden: true })
  trips: number = 0;

  @Property({ ...INSTANT, nullable: true })
  suspendedSince: Date | null = null;

  /** When the next attempt is made while it is suspended. */
  @Property({ ...INSTANT, nullable: true })
  suspendedUntil: Date | null = null;

  /** When events were lost to it last. */
  @Property({ ...INSTANT, nullable: true })
  gapAt: Date | null = null;

  @Enum({ items: () => GapReason, type: 'text', nullable: true })
  gapReason: GapReason | null = null;

  @Property({ ...CREATED })
  createdAt!: Date;

  /** It is shown to nobody and sent nothing; housekeeping removes it with its deliveries. */
  @Property({ ...INSTANT, nullable: true, hidden: true })
  removedAt: Date | null = null;
}
