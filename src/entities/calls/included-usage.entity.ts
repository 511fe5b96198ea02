import { Check, Entity, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Contract } from '../contracts/contract.entity.js';
import { IDENTITY } from '../shared/columns.js';

/** How many of its included seconds a contract has used in a calendar month of the organisation's time zone. */
@Entity({ tableName: 'included_usage' })
@Unique({ properties: ['contract', 'month'] })
@Check({ name: 'included_usage_seconds_check', expression: 'used_seconds >= 0' })
export class IncludedUsage {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => Contract })
  contract!: Contract;

  /** The month's first day. */
  @Property({ type: 'date' })
  month!: string;

  @Property({ type: 'integer' })
  usedSeconds!: number;
}
