/** How long texts may be that count in the cost of an operation, in characters. */
export const LONGEST_MESSAGE = 10_000;
export const LONGEST_SOURCE_DESCRIPTION = 2_000;
export const LONGEST_TARIFF_DESCRIPTION = 2_000;
export const LONGEST_THANKS = 1_000;
