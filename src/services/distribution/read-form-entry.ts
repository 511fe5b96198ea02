import type { CountryCode } from 'libphonenumber-js';
import { WebFormLanguage } from '../../entities/distribution/web-form-language.enum.js';
import { readPhoneNumber } from '../shared/phone/phone-number.js';
import { emailInput, lineInput, textInput } from '../shared/text/text-input.js';
import { tidied } from '../shared/text/tidied.js';

/** What was typed into a web form. */
export interface TypedEntry {
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly message: string;
}

/** A field of a web form. */
export type FormField = keyof TypedEntry;

/** What is wrong with a field. */
export type FormFault = 'NO_CONTACT' | 'BAD_PHONE' | 'BAD_EMAIL' | 'TOO_LONG' | 'BAD_TEXT';

/** How long each field may be, in characters. */
export const LONGEST_TYPED = { name: 200, phone: 50, email: 254, message: 5000 } as const;

/** Where a number without a country code is from. */
const HOMES: Readonly<Record<WebFormLanguage, CountryCode>> = {
  [WebFormLanguage.RU]: 'RU',
  [WebFormLanguage.UK]: 'UA',
  [WebFormLanguage.EN]: 'RU',
};

/** What was typed, normalised; null for what was left empty. */
export interface FormEntry {
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly message: string;
}

/** What could be read of a web form, and what is wrong with the rest. */
export interface ReadEntry {
  readonly entry: FormEntry;
  readonly faults: Readonly<Partial<Record<FormField, FormFault>>>;
}

/** Reads what was typed into a web form; a phone number or an e-mail address there must be. */
export function readFormEntry(typed: TypedEntry, language: WebFormLanguage): ReadEntry {
  const faults: Partial<Record<FormField, FormFault>> = {};
  const read = <Value>(field: FormField, fault: FormFault, parse: (text: string) => Value | undefined) => {
    const text = tidied(typed[field]);
    if (text === '') return null;
    const value = text.length > LONGEST_TYPED[field] ? undefined : parse(text);
    if (value !== undefined) return value;
    faults[field] = text.length > LONGEST_TYPED[field] ? 'TOO_LONG' : fault;
    return null;
  };
  const entry = {
    name: read('name', 'BAD_TEXT', (text) => lineInput(LONGEST_TYPED.name).safeParse(text).data),
    phone: read('phone', 'BAD_PHONE', (text) => readPhoneNumber(text, HOMES[language]) ?? readPhoneNumber(text)),
    email: read('email', 'BAD_EMAIL', (text) => emailInput.safeParse(text).data),
    message: read('message', 'BAD_TEXT', (text) => textInput(LONGEST_TYPED.message).safeParse(text).data) ?? '',
  };
  if (tidied(typed.phone) === '' && tidied(typed.email) === '') faults.phone = 'NO_CONTACT';
  return { entry, faults };
}
