import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { LedgerEntry } from '../billing/ledger-entry.entity.js';
import { TariffVersion } from '../catalog/tariff-version.entity.js';
import { Contract } from '../contracts/contract.entity.js';
import { Customer } from '../customers/customer.entity.js';
import { IDENTITY, INSTANT, MONEY } from '../shared/columns.js';
import { Call } from './call.entity.js';
import { ChargeLeg } from './charge-leg.enum.js';
import { FreeReason } from './free-reason.enum.js';

/**
 * What one leg of an answered call cost: a row of the mart that system A calls `main_report` (requirements, part 6).
 *
 * Every answered call has its caller's leg here, at zero where it was free.
 */
@Entity({ tableName: 'charge' })
@Unique({ properties: ['call', 'leg'] })
@Check({ name: 'charge_amount_check', expression: 'amount >= 0' })
@Check({ name: 'charge_seconds_check', expression: 'included_seconds >= 0 and included_seconds <= billed_seconds' })
@Check({ name: 'charge_posted_check', expression: '(amount > 0) = (entry_id is not null)' })
@Check({ name: 'charge_payer_check', expression: '(free_reason is null) = (tariff_version_id is not null)' })
@Check({
  name: 'charge_price_check',
  expression: '(tariff_version_id is null) = (price_per_minute is null)',
})
@Index({ properties: ['customer', 'startedAt', 'id'] })
@Index({ properties: ['contract', 'startedAt', 'id'] })
@Index({ properties: ['startedAt', 'id'] })
export class Charge {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => Call })
  call!: Call;

  @Enum({ items: () => ChargeLeg, type: 'text' })
  leg!: ChargeLeg;

  /** Who pays; null where that is no subscriber of ours. */
  @ManyToOne({ entity: () => Contract, nullable: true, deleteRule: 'no action' })
  contract: Contract | null = null;

  @ManyToOne({ entity: () => Customer, nullable: true, deleteRule: 'no action' })
  customer: Customer | null = null;

  /** The prices it was rated by; null where it was free. */
  @ManyToOne({ entity: () => TariffVersion, nullable: true, deleteRule: 'no action' })
  tariffVersion: TariffVersion | null = null;

  /** That version's price, kept beside the amount so that whoever sees the charge sees its price; null where free. */
  @Property({ ...MONEY, nullable: true })
  pricePerMinute: string | null = null;

  @Enum({ items: () => FreeReason, type: 'text', nullable: true })
  freeReason: FreeReason | null = null;

  /** The call's start, for order and periods. */
  @Property({ ...INSTANT })
  startedAt!: Date;

  @Property({ type: 'integer' })
  durationSeconds!: number;

  /** After the minimum and the step. */
  @Property({ type: 'integer' })
  billedSeconds!: number;

  /** Of these, how many the month's included minutes covered. */
  @Property({ type: 'integer' })
  includedSeconds!: number;

  /** Six decimals, half-up. */
  @Property({ ...MONEY })
  amount!: string;

  /** ISO 4217. */
  @Property({ type: 'text' })
  currency!: string;

  /** The entry that posted it; null where nothing was due. */
  @ManyToOne({ entity: () => LedgerEntry, nullable: true, deleteRule: 'no action' })
  @Unique()
  entry: LedgerEntry | null = null;
}
