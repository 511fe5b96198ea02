import { randomBytes } from 'node:crypto';

/** Gives numbers from 0 up to, not including, 2^53, each as likely as any other. */
export type Draws = () => number;

/** How often the choice of one inquiry may be made anew because somebody else was faster. */
const DRAWS_OF_ONE = 8;

const HIGH_BITS = 0x1f_ff_ff;
const LOW_HALF = 0x1_00_00_00_00;

/** Draws from the system's own randomness. */
export const systemDraws: Draws = () => {
  const bytes = randomBytes(8);
  return (bytes.readUInt32BE(0) & HIGH_BITS) * LOW_HALF + bytes.readUInt32BE(4);
};

/** As many numbers as the choice of so many inquiries may need, as PostgreSQL reads an array. */
export function drawFor(draws: Draws, inquiries = 1): string {
  return `{${Array.from({ length: DRAWS_OF_ONE * inquiries }, draws).join()}}`;
}
