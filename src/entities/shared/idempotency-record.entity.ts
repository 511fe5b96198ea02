import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { CREATED, IDENTITY } from './columns.js';

/**
 * The first result of a repeatable write.
 *
 * Written in the transaction of the write itself, so that a result exists exactly if its effects do.
 */
@Entity({ tableName: 'idempotency_record' })
@Unique({ properties: ['owner', 'operation', 'key'] })
export class IdempotencyRecord {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  /** Who may repeat it: a key of one actor says nothing to another. */
  @Property({ type: 'text' })
  owner!: string;

  @Property({ type: 'text' })
  operation!: string;

  @Property({ type: 'text' })
  key!: string;

  /** SHA-256 of the canonical input, hex. */
  @Property({ type: 'text' })
  inputHash!: string;

  @Property({ type: 'jsonb', nullable: true })
  result!: unknown;

  @Property({ ...CREATED })
  createdAt!: Date;
}
