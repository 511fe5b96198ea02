import { type Amount, amount } from '../shared/money/money.js';

const SHARE_DECIMALS = 4;
const SECONDS_DECIMALS = 2;

/** A share of a whole, to four decimals, half-up; null of nothing. */
export function shareText(part: number | string, whole: number | Amount): string | null {
  const all = amount(whole);
  return all.isZero() ? null : amount(part).div(all).toFixed(SHARE_DECIMALS);
}

/** A mean of seconds, to two decimals, half-up; null of nothing. */
export function meanText(seconds: string | null, count: number): string | null {
  return seconds === null || count === 0 ? null : amount(seconds).div(count).toFixed(SECONDS_DECIMALS);
}

/** A figure as a decimal, half-up. */
export function figureText(figure: number, decimals = SHARE_DECIMALS): string {
  return amount(figure).toFixed(decimals);
}
