import { Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { CREATED, IDENTITY, INSTANT } from '../shared/columns.js';
import { Login } from './login.entity.js';

/** One link of a chain of refresh tokens; a link that is used twice ends its whole family. */
@Entity({ tableName: 'refresh_token' })
export class RefreshToken {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => Login })
  @Index()
  login!: Login;

  /** The session that the chain belongs to. */
  @Property({ type: 'uuid' })
  @Index()
  family!: string;

  /** SHA-256, hex; the token itself is not kept. */
  @Property({ type: 'text', hidden: true })
  @Unique()
  tokenHash!: string;

  @Property({ ...CREATED })
  createdAt!: Date;

  @Property({ ...INSTANT })
  expiresAt!: Date;

  @Property({ ...INSTANT, nullable: true })
  usedAt: Date | null = null;

  @Property({ ...INSTANT, nullable: true })
  revokedAt: Date | null = null;
}
