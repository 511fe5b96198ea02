import { domainToASCII } from 'node:url';
import { tidied } from './tidied.js';

/** A domain with other letters than those of ASCII; a longer one there is not. */
const INTERNATIONAL = /^(?=.*\P{ASCII})[\p{L}\p{M}\p{N}.-]{1,253}$/u;

const ADDRESS =
  /^(?!.*\p{Default_Ignorable_Code_Point})(?:[\p{L}\p{M}\p{N}_'+-]+\.)*[\p{L}\p{M}\p{N}_'+-]*[\p{L}\p{M}\p{N}_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+(?:[A-Za-z]{2,}|[Xx][Nn]--[A-Za-z0-9-]+)$/u;

/** An e-mail address, or what is claimed to be one, as it is kept: an international domain as mail servers write it. */
export function readEmail(text: string): string {
  const whole = tidied(text);
  const at = whole.lastIndexOf('@') + 1;
  const domain = whole.slice(at);
  return INTERNATIONAL.test(domain) ? whole.slice(0, at) + domainToASCII(domain) : whole;
}

/** What an e-mail address is found by: the same whatever its case, and however its domain is written. */
export function emailKey(text: string): string {
  return readEmail(text).toLowerCase();
}

/** Whether a text, as `readEmail` gives it, is an e-mail address; letters of any script may stand before the `@`. */
export function isEmail(text: string): boolean {
  return ADDRESS.test(text);
}
