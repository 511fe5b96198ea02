import { Entity, Enum, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { CREATED, IDENTITY, INSTANT } from '../shared/columns.js';
import { Presence } from './presence.enum.js';
import { Role } from './role.entity.js';
import { UserGroup } from './user-group.entity.js';

/** An employee who works in the product; the e-mail and the password are the login's. */
@Entity({ tableName: 'app_user' })
export class User {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @Property({ type: 'text' })
  lastName!: string;

  @Property({ type: 'text' })
  firstName!: string;

  @Property({ type: 'text', nullable: true })
  patronymic: string | null = null;

  @Property({ type: 'text', nullable: true })
  workPhone: string | null = null;

  @ManyToOne({ entity: () => Role })
  @Index()
  role!: Role;

  @ManyToOne({ entity: () => UserGroup, nullable: true, deleteRule: 'no action' })
  @Index()
  group: UserGroup | null = null;

  /** An inactive user cannot sign in, and what they had open ends. */
  @Property({ type: 'boolean', default: true })
  active: boolean = true;

  @Enum({ items: () => Presence, type: 'text', default: Presence.OFFLINE })
  presence: Presence = Presence.OFFLINE;

  @Property({ ...INSTANT, nullable: true })
  lastLoginAt: Date | null = null;

  @Property({ ...CREATED })
  createdAt!: Date;

  /** Of the last change that has an event, counted up under the row's lock: the order of its events. */
  @Property({ type: 'integer', default: 1 })
  version: number = 1;
}
