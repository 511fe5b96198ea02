import { Check, Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { IDENTITY, INSTANT } from '../shared/columns.js';
import { User } from './user.entity.js';

/** Hours per day of the week, `08:00-18:00`; null is a day off. */
export type WeeklySchedule = Partial<Record<'MON' | 'TUE' | 'WED' | 'THU' | 'FRI' | 'SAT' | 'SUN', string | null>>;

/** The profile of a user who talks to customers (requirements, part 1). */
@Entity({ tableName: 'operator' })
@Check({ name: 'operator_max_load_check', expression: 'max_load >= 0' })
@Check({ name: 'operator_load_check', expression: 'load >= 0' })
@Check({ name: 'operator_idle_check', expression: 'active or load = 0' })
@Check({ name: 'operator_removed_check', expression: 'removed_at is null or not active' })
@Index({ properties: ['alias', 'id'] })
export class Operator {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => User })
  @Unique()
  user!: User;

  /** The name that customers see. */
  @Property({ type: 'text' })
  alias!: string;

  /** The number that the operator has now, E.164; who had it when is in the number's holdings. */
  @Property({ type: 'text', nullable: true })
  @Unique()
  phone: string | null = null;

  /** How many active inquiries the operator may have at once. */
  @Property({ type: 'integer' })
  maxLoad!: number;

  /** In the organisation's time zone; null means always. */
  @Property({ type: 'jsonb', nullable: true })
  schedule: WeeklySchedule | null = null;

  @Property({ columnType: 'text[]', type: 'array' })
  skills: string[] = [];

  /** Who is not active gets no inquiry and keeps none. */
  @Property({ type: 'boolean', default: true })
  active: boolean = true;

  /** How many active inquiries they have; the database counts it by the assignments. */
  @Property({ type: 'integer', default: 0 })
  load: number = 0;

  /** How often that changed. */
  @Property({ type: 'bigint', default: 0, hidden: true })
  loadTurn: string = '0';

  /** Who was removed stays as whom calls and inquiries name, and can be registered again. */
  @Property({ ...INSTANT, nullable: true })
  removedAt: Date | null = null;

  /** Of the last change, counted up under the row's lock: the order of its events. */
  @Property({ type: 'integer', default: 1 })
  version: number = 1;
}
