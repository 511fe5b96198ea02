import { sql } from 'kysely';
import { z } from 'zod';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { creation, difference } from '../shared/events/change.js';
import { LONGEST_TARIFF_DESCRIPTION } from '../shared/limits/longest-texts.js';
import { amount } from '../shared/money/money.js';
import { moneyInput } from '../shared/money/money-input.js';
import { lineInput, textInput } from '../shared/text/text-input.js';
import { instantInput } from '../shared/time/instant-input.js';
import { tariffPublished } from './catalog.events.js';

/** A tariff with its prices, by its name (requirements, part 3). */
export interface PublishTariffInput {
  readonly name: string;
  /** Stays as it is when left out. */
  readonly description?: string | null | undefined;
  /** On sale; stays as it is when left out, and a new one is. */
  readonly active?: boolean | null | undefined;
  /** Decimal string in the organisation's currency, up to six decimals. */
  readonly pricePerMinute: string;
  /** Decimal string in the organisation's currency. */
  readonly monthlyFee: string;
  readonly billingStepSeconds: number;
  readonly minimumSeconds: number;
  readonly includedMinutes: number;
  /** Since when the prices hold; now when left out. */
  readonly validFrom?: Date | null | undefined;
}

/** What a publication did. */
export interface PublishedTariff {
  readonly tariffId: string;
  readonly outcome: 'created' | 'updated' | 'unchanged';
}

const PRICE_DECIMALS = 6;
const MINUTES_OF_MONTH = 31 * 24 * 60;
const SECONDS_OF_DAY = 24 * 60 * 60;

const count = (least: number, most: number) =>
  z.int(`must be a whole number`).min(least, `must be at least ${least}`).max(most, `must be at most ${most}`);

/** The shape of a tariff's input; also what a file of tariffs holds. */
export function tariffSchema(currency: string) {
  return z.object({
    name: lineInput(100),
    description: textInput(LONGEST_TARIFF_DESCRIPTION).nullish(),
    active: z.boolean('must be true or false').nullish(),
    pricePerMinute: moneyInput(currency, 'not-negative', PRICE_DECIMALS),
    monthlyFee: moneyInput(currency, 'not-negative'),
    billingStepSeconds: count(1, SECONDS_OF_DAY),
    minimumSeconds: count(0, SECONDS_OF_DAY),
    includedMinutes: count(0, MINUTES_OF_MONTH),
    validFrom: instantInput().nullish(),
  });
}

type Tariff = z.output<ReturnType<typeof tariffSchema>>;
type Prices = Pick<
  Tariff,
  'pricePerMinute' | 'monthlyFee' | 'billingStepSeconds' | 'minimumSeconds' | 'includedMinutes'
>;

/** Prices that took the place of others, as the history names them. */
interface Repriced {
  readonly before: object;
  readonly after: object;
}

interface VersionInForce extends Prices {
  /** Whether it begins at the very instant asked for. */
  readonly fromThen: boolean;
  readonly currency: string;
}

/**
 * Publishes a tariff: makes it with its first prices, or gives it new prices from an instant on where they differ from
 * those in force then. Prices that once held are never changed, so that no charge ever is.
 *
 * @throws Refusal with BAD_USER_INPUT for malformed input, CONFLICT on `validFrom` when other prices hold from that
 * very instant
 */
export async function publishTariff(work: Work, input: PublishTariffInput): Promise<PublishedTariff> {
  const tariff = parseInput(tariffSchema(work.settings.currency), input);
  const made = await work.rows(sql`
    insert into tariff (name, description, active) values (${tariff.name}, ${tariff.description ?? ''}, ${tariff.active ?? true})
    on conflict (name) do nothing returning id`);
  const [known] = await work.rows<{ id: string; description: string; active: boolean; version: number }>(
    sql`select id, description, active, version from tariff where name = ${tariff.name} for no key update`,
  );
  const { id, description, active, version } = known!;
  const repriced = await reprice(work, id, tariff, tariff.validFrom ?? work.now);
  const wanted = { description: tariff.description ?? description, active: tariff.active ?? active };
  const changed = wanted.description !== description || wanted.active !== active;
  const created = made.length > 0;
  if (!created && !repriced && !changed) return { tariffId: id, outcome: 'unchanged' };
  if (!created) {
    await work.rows(sql`
      update tariff set description = ${wanted.description}, active = ${wanted.active}, version = version + 1
      where id = ${id}`);
  }
  const now = created ? version : version + 1;
  const change = created
    ? creation({ name: tariff.name, ...wanted, ...repriced?.after })
    : difference({ description, active, ...repriced?.before }, { ...wanted, ...repriced?.after });
  await work.record([tariffPublished(id, now, { repriced: repriced !== undefined, active: wanted.active }, change)]);
  return { tariffId: id, outcome: created ? 'created' : 'updated' };
}

/** Adds a version where the prices in force at an instant are others. */
async function reprice(work: Work, tariffId: string, prices: Prices, from: Date): Promise<Repriced | undefined> {
  const { currency } = work.settings;
  const then = sql`${from.toISOString()}::timestamptz`;
  const [inForce] = await work.rows<VersionInForce>(sql`
    select price_per_minute as "pricePerMinute", monthly_fee as "monthlyFee", included_minutes as "includedMinutes",
      billing_step_seconds as "billingStepSeconds", minimum_seconds as "minimumSeconds", currency,
      valid_from = ${then} as "fromThen"
    from tariff_version where tariff_id = ${tariffId} and valid_from <= ${then} order by valid_from desc limit 1`);
  if (inForce && inForce.currency === currency && samePrices(inForce, prices)) return undefined;
  if (inForce?.fromThen) {
    const message = 'Other prices hold from this very instant, and prices are never changed: choose a later one.';
    throw refuse(ErrorCode.CONFLICT, message, ['input', 'validFrom']);
  }
  await work.rows(sql`
    insert into tariff_version (tariff_id, valid_from, price_per_minute, monthly_fee, currency, included_minutes,
      billing_step_seconds, minimum_seconds)
    values (${tariffId}, ${then}, ${prices.pricePerMinute}, ${prices.monthlyFee}, ${currency}, ${prices.includedMinutes},
      ${prices.billingStepSeconds}, ${prices.minimumSeconds})`);
  const fieldsOf = (of: Prices, currency: string) => ({
    pricePerMinute: amount(of.pricePerMinute).toFixed(),
    monthlyFee: amount(of.monthlyFee).toFixed(),
    currency,
    includedMinutes: of.includedMinutes,
    billingStepSeconds: of.billingStepSeconds,
    minimumSeconds: of.minimumSeconds,
  });
  const before = inForce ? fieldsOf(inForce, inForce.currency) : {};
  return { before, after: { ...fieldsOf(prices, currency), pricesFrom: from.toISOString() } };
}

function samePrices(one: Prices, other: Prices): boolean {
  return (
    amount(one.pricePerMinute).eq(other.pricePerMinute) &&
    amount(one.monthlyFee).eq(other.monthlyFee) &&
    one.billingStepSeconds === other.billingStepSeconds &&
    one.minimumSeconds === other.minimumSeconds &&
    one.includedMinutes === other.includedMinutes
  );
}
