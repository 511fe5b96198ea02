import { printPhoneNumber, readPhoneNumber } from '../shared/phone/phone-number.js';

/** An extension, or a short number such as an emergency one: no number of the public plan, kept as the exchange wrote it. */
const SHORT = /^\d{2,6}$/;
/** An international number as exchanges write it, without its plus sign. */
const BARE_INTERNATIONAL = /^\d{8,15}$/;

/**
 * Reads a number as an exchange writes it.
 *
 * @returns E.164 for a number of the public plan, the digits of a short one, or undefined when it is neither
 */
export function readCallNumber(text: string): string | undefined {
  const trimmed = text.trim();
  if (SHORT.test(trimmed)) return trimmed;
  return readPhoneNumber(trimmed) ?? (BARE_INTERNATIONAL.test(trimmed) ? readPhoneNumber(`+${trimmed}`) : undefined);
}

/** Prints a number that `readCallNumber` read. */
export function printCallNumber(number: string): string {
  return SHORT.test(number) ? number : printPhoneNumber(number);
}
