import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { IDENTITY, MONEY } from '../shared/columns.js';

/**
 * A share of a day's sums over answered calls, added to in the transaction that records a call.
 *
 * A day is the sum of its shards: writers take different ones, so that they don't wait for each other.
 */
@Entity({ tableName: 'daily_call_total' })
@Unique({ properties: ['day', 'shard'] })
export class DailyCallTotal {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  /** Of the call's start, in the organisation's time zone. */
  @Property({ type: 'date' })
  day!: string;

  @Property({ type: 'smallint' })
  shard!: number;

  @Property({ type: 'bigint' })
  answeredCalls!: string;

  /** Of these, with an operator at either end. */
  @Property({ type: 'bigint' })
  operatorCalls!: string;

  @Property({ type: 'bigint' })
  durationSeconds!: string;

  @Property({ type: 'bigint' })
  activeSubscribers!: string;

  @Property({ ...MONEY })
  income!: string;
}
