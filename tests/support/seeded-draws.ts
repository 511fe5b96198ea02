import type { Draws } from '../../src/services/distribution/draws.js';
import { Draw } from './draw.js';

const HIGH_BITS = 2 ** 21;
const LOW_BITS = 2 ** 32;

/** Draws of 53 bits like the system's own, the same each time for the same seeds. */
export function seededDraws(...seeds: readonly number[]): Draws {
  const draw = new Draw(...seeds);
  return () => Math.floor(draw.fraction() * HIGH_BITS) * LOW_BITS + Math.floor(draw.fraction() * LOW_BITS);
}
