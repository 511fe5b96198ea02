import { Check, Entity, Enum, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { CREATED, IDENTITY, INSTANT } from '../shared/columns.js';
import { SimStatus } from './sim-status.enum.js';

/** A subscriber identity module (requirements, part 3). */
@Entity({ tableName: 'sim' })
@Check({ name: 'sim_iccid_check', expression: "iccid ~ '^[0-9]{19,20}$'" })
export class Sim {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  /** 19 or 20 digits with a Luhn check digit. */
  @Property({ type: 'text' })
  @Unique()
  iccid!: string;

  /** 15 digits; not for customers' eyes. */
  @Property({ type: 'text', nullable: true })
  @Unique()
  imsi: string | null = null;

  @Enum({ items: () => SimStatus, type: 'text', default: SimStatus.IN_STOCK })
  @Index()
  status: SimStatus = SimStatus.IN_STOCK;

  @Property({ ...INSTANT, nullable: true })
  activatedAt: Date | null = null;

  @Property({ ...CREATED })
  createdAt!: Date;
}
