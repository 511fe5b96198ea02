import { z } from 'zod';
import { amount, decimalsOf } from './money.js';

const LARGEST = '9999999999999';

/**
 * A sum of money in an input: a decimal string within the currency's own decimals.
 *
 * @param rule whether zero is a sum too
 * @param decimals the most that it may have: a price may have more than the currency itself
 */
export function moneyInput(currency: string, rule: 'positive' | 'not-negative', decimals = decimalsOf(currency)) {
  return z
    .string('must be a sum of money')
    .trim()
    .regex(/^-?\d{1,20}([.,]\d{1,20})?$/, 'must be a sum of money such as 150.00')
    .transform((text) => amount(text.replace(',', '.')))
    .refine((sum) => (rule === 'positive' ? sum.gt(0) : sum.gte(0)), {
      message: rule === 'positive' ? 'must be more than zero' : 'must not be negative',
      abort: true,
    })
    .refine((sum) => sum.decimalPlaces() <= decimals, `must have at most ${decimals} decimals in ${currency}`)
    .refine((sum) => sum.lte(LARGEST), 'is larger than any sum we take')
    .transform((sum) => sum.toFixed(decimals));
}
