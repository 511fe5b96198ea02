import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import { z } from 'zod';

/** Where a number without a country code is from. */
const HOME = 'RU';

/**
 * Reads a phone number in any usual form.
 *
 * @param home where it is from when it has no country code
 * @returns it in E.164 (`+79001112233`), or undefined when it is none
 */
export function readPhoneNumber(text: string, home: CountryCode = HOME): string | undefined {
  const trimmed = text.trim();
  const international = /^7\d{10}$/.test(trimmed) ? `+${trimmed}` : trimmed;
  const parsed = parsePhoneNumberFromString(international, home);
  return parsed?.isPossible() && parsed.isValid() ? parsed.number : undefined;
}

/** Prints an E.164 number: `8(900) 111-22-33` for Russian ones, the national form for others. */
export function printPhoneNumber(e164: string): string {
  const russian = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(e164);
  if (russian) return `8(${russian[1]}) ${russian[2]}-${russian[3]}-${russian[4]}`;
  return parsePhoneNumberFromString(e164)?.formatNational() ?? e164;
}

/** A phone number in an input, read into E.164. */
export const phoneInput = z.string('must be a phone number').transform((text, issues) => {
  const number = readPhoneNumber(text);
  if (number) return number;
  issues.addIssue({ code: 'custom', message: 'must be a phone number such as 8(900) 111-22-33' });
  return z.NEVER;
});
