/** So many operators take inquiries of one source, at most: each choice looks at all of them. */
export const MOST_OPERATORS = 500;
