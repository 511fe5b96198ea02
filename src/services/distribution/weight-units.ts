/** Weights as whole numbers of one unit, so that they are added and compared without rounding. */
export interface WeightUnits {
  readonly units: readonly bigint[];
  /** How many decimals the unit stands at: 2 for hundredths. */
  readonly decimals: number;
}

const fractionOf = (decimal: string): string => decimal.split('.')[1] ?? '';

/** Reads decimals such as `10.500000` as whole numbers of their smallest unit. */
export function weightUnits(weights: readonly string[]): WeightUnits {
  const decimals = Math.max(0, ...weights.map((weight) => fractionOf(weight).length));
  const units = weights.map((weight) => {
    const [whole = '', fraction = ''] = weight.split('.');
    return BigInt(whole + fraction.padEnd(decimals, '0'));
  });
  return { units, decimals };
}

/** A whole number of units that stand at so many decimals, as a decimal without zeros that say nothing. */
export function decimalText(units: bigint, decimals: number): string {
  const digits = units.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** One whole number divided by another, to so many decimals, half-up. */
export function quotientText(dividend: bigint, divisor: bigint, decimals: number): string {
  const scaled = (2n * dividend * 10n ** BigInt(decimals) + divisor) / (2n * divisor);
  return decimalText(scaled, decimals);
}
