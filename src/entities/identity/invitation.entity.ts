import { Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { CREATED, IDENTITY, INSTANT } from '../shared/columns.js';
import { User } from './user.entity.js';

/** A one-time link by which a user sets the first password; open until it is accepted, withdrawn or expired. */
@Entity({ tableName: 'invitation' })
export class Invitation {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => User })
  @Index()
  user!: User;

  /** SHA-256, hex; the token itself is not kept. */
  @Property({ type: 'text', hidden: true })
  @Unique()
  tokenHash!: string;

  @Property({ ...CREATED })
  createdAt!: Date;

  @Property({ ...INSTANT })
  expiresAt!: Date;

  @Property({ ...INSTANT, nullable: true })
  acceptedAt: Date | null = null;

  @Property({ ...INSTANT, nullable: true })
  withdrawnAt: Date | null = null;
}
