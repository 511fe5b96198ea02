import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { CREATED, IDENTITY, INSTANT } from '../shared/columns.js';

/** A key by which a partner's system uses the graph, within its scopes (requirements, part 1). */
@Entity({ tableName: 'partner_key' })
export class PartnerKey {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @Property({ type: 'text' })
  name!: string;

  /** SHA-256, hex; the key itself is shown once and not kept. */
  @Property({ type: 'text', hidden: true })
  @Unique()
  tokenHash!: string;

  /** Such as `calls:read`; see the table "Who may do what". */
  @Property({ columnType: 'text[]', type: 'array' })
  scopes!: string[];

  @Property({ ...CREATED })
  createdAt!: Date;

  @Property({ ...INSTANT, nullable: true })
  revokedAt: Date | null = null;
}
