/** How much of everything a dataset has. */
export interface Sizes {
  readonly customers: number;
  readonly contracts: number;
  /** Each has a charge; one call in 21 is made beside them that was not answered. */
  readonly answeredCalls: number;
  readonly payments: number;
  readonly operators: number;
}

/** The dataset of the bench (issue 3). */
export const SIZES: Sizes = {
  customers: 100_000,
  contracts: 120_000,
  answeredCalls: 1_000_000,
  payments: 200_000,
  operators: 50,
};
