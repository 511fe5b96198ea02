/**
 * A figure as it is told, at most the largest whole number that JSON holds exactly: beyond that no two need to be told
 * apart, and none may become infinite, which times 0 is no number.
 */
export const bounded = (figure: number): number => Math.min(Number.MAX_SAFE_INTEGER, figure);
