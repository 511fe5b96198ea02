import { Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { IDENTITY, INSTANT } from '../shared/columns.js';
import { WebhookDelivery } from './webhook-delivery.entity.js';

/** One request to an endpoint, and what came of it. */
@Entity({ tableName: 'webhook_attempt' })
@Index({ properties: ['delivery', 'startedAt', 'id'] })
@Index({ properties: ['startedAt', 'id'] })
export class WebhookAttempt {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => WebhookDelivery, deleteRule: 'cascade' })
  delivery!: WebhookDelivery;

  @Property({ ...INSTANT })
  startedAt!: Date;

  @Property({ type: 'integer' })
  durationMs!: number;

  /** The HTTP status; null where there was no answer. */
  @Property({ type: 'integer', nullable: true })
  status: number | null = null;

  /** Why it failed, in words for a person; null for one that did not. */
  @Property({ type: 'text', nullable: true })
  error: string | null = null;

  /** The beginning of the receiver's answer. */
  @Property({ type: 'text', nullable: true })
  excerpt: string | null = null;
}
