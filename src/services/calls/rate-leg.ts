import { amount, roundCharge } from '../shared/money/money.js';

/** What of a tariff's version decides the price of a leg. */
export interface LegPrices {
  /** Decimal string. */
  readonly pricePerMinute: string;
  /** A leg is billed in whole steps; at least 1. */
  readonly billingStepSeconds: number;
  /** A leg on which anything was said is billed for at least this. */
  readonly minimumSeconds: number;
}

/** What a leg comes to. */
export interface RatedLeg {
  /** After the minimum and the step. */
  readonly billedSeconds: number;
  /** Of these, how many the month's included seconds cover. */
  readonly includedSeconds: number;
  /** Decimal string of six decimals, half-up. */
  readonly amount: string;
}

const SECONDS_PER_MINUTE = 60;

/**
 * Rates one leg of a call, exactly (requirements, part 6, "Rating, exactly").
 *
 * @param durationSeconds spoken
 * @param includedLeft the seconds that the contract's month still includes; below zero counts as none
 */
export function rateLeg(durationSeconds: number, prices: LegPrices, includedLeft: number): RatedLeg {
  const { billingStepSeconds: step, minimumSeconds, pricePerMinute } = prices;
  const billedSeconds = durationSeconds === 0 ? 0 : Math.max(minimumSeconds, Math.ceil(durationSeconds / step) * step);
  const includedSeconds = Math.min(billedSeconds, Math.max(0, includedLeft));
  const charge = amount(pricePerMinute)
    .times(billedSeconds - includedSeconds)
    .div(SECONDS_PER_MINUTE);
  return { billedSeconds, includedSeconds, amount: roundCharge(charge) };
}
