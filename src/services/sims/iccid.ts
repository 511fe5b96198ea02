import { z } from 'zod';

/** Whether the digits end in their own check digit (ISO/IEC 7812, as ITU-T E.118 wants of an ICCID). */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    const weighed = i % 2 === 1 ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

/**
 * Reads the number of a SIM; spaces and hyphens between the digits are left out.
 *
 * @returns 19 or 20 digits, or undefined where it is none or its check digit is wrong
 */
export function readIccid(text: string): string | undefined {
  const digits = text.trim().replace(/[\s-]/g, '');
  return /^\d{19,20}$/.test(digits) && passesLuhn(digits) ? digits : undefined;
}

/** The number of a SIM in an input (requirements, part 3). */
export const iccidInput = z.string('must be an ICCID').transform((text, issues) => {
  const iccid = readIccid(text);
  if (iccid) return iccid;
  issues.addIssue({ code: 'custom', message: 'must be an ICCID: 19 or 20 digits, the last of them the check digit' });
  return z.NEVER;
});

/** The number of a subscriber's identity in an input. */
export const imsiInput = z
  .string('must be an IMSI')
  .trim()
  .regex(/^\d{15}$/, 'must be an IMSI of 15 digits');
