import { Check, Entity, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { IDENTITY, INSTANT, MONEY } from '../shared/columns.js';
import { Tariff } from './tariff.entity.js';

/** A tariff's prices from an instant on, until its next version; never changed once made. */
@Entity({ tableName: 'tariff_version' })
@Unique({ properties: ['tariff', 'validFrom'] })
@Check({ name: 'tariff_version_price_check', expression: 'price_per_minute >= 0 and monthly_fee >= 0' })
@Check({ name: 'tariff_version_step_check', expression: 'billing_step_seconds >= 1 and minimum_seconds >= 0' })
@Check({ name: 'tariff_version_included_check', expression: 'included_minutes >= 0' })
export class TariffVersion {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => Tariff })
  tariff!: Tariff;

  @Property({ ...INSTANT })
  validFrom!: Date;

  @Property({ ...MONEY })
  pricePerMinute!: string;

  @Property({ ...MONEY })
  monthlyFee!: string;

  /** ISO 4217. */
  @Property({ type: 'text' })
  currency!: string;

  /** Free minutes per contract and calendar month. */
  @Property({ type: 'integer' })
  includedMinutes!: number;

  /** A call is billed in whole steps. */
  @Property({ type: 'integer' })
  billingStepSeconds!: number;

  /** A call that was answered is billed for at least this. */
  @Property({ type: 'integer' })
  minimumSeconds!: number;
}
