import { Decimal } from 'decimal.js';

/** The one place where amounts are rounded: half-up, as the requirements say ("Rules that hold everywhere"). */
const Amount = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP });
export type Amount = Decimal;

/** Decimals that a charge keeps. */
const CHARGE_DECIMALS = 6;

/** Reads a decimal string as an amount to calculate with. */
export function amount(value: string | number | Decimal): Amount {
  return new Amount(value);
}

/** Decimals of a currency's own smallest unit: 2 for RUB, 0 for JPY. */
export function decimalsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** An amount as a charge keeps it: six decimals, half-up. */
export function roundCharge(value: Decimal): string {
  return value.toFixed(CHARGE_DECIMALS, Decimal.ROUND_HALF_UP);
}

/** Money with its currency, as the graph shows it; `amount` is a decimal string. */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

/**
 * Money for a reader: no zeros past the currency's own decimals, and none that mean something lost.
 *
 * `500.000000` RUB reads `500.00`; `0.283333` stays as it is.
 */
export function money(value: string, currency: string): Money {
  const decimals = decimalsOf(currency);
  const exact = amount(value);
  return { amount: exact.toFixed(Math.max(decimals, exact.decimalPlaces())), currency };
}
