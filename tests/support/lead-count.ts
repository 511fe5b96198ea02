/**
 * The leads of a file of inquiries, worked out by hand: what `inquiries.jsonl` must come to, apart from the product.
 *
 * This module is deliberately independent of the product: it imports nothing from `src/`, knows nothing of the database,
 * and follows the words of the requirements (part 7) alone. A test that compares the product with it compares two separate
 * works; sharing a helper between the two would spoil that.
 *
 * It covers the sample as it is: Russian numbers of eleven digits, no source with ids of its own. What the sample does not
 * hold it refuses, rather than guess.
 */
import { readFileSync } from 'node:fs';

export interface CountedLead {
  externalId: string | null;
  phone: string | null;
  email: string | null;
}

export interface CountedLeads {
  leads: CountedLead[];
  /** Which of the leads each idempotency key has come to, in the order of the file. */
  leadOf: Map<string, number>;
  /** Which two leads one inquiry named at once: the one that it went to first. Each two once. */
  contradictions: [number, number][];
}

const KNOWN = ['source', 'message', 'idempotencyKey', 'externalId', 'phone', 'email', 'name'];

/** Goes through the file from the first line to the last, as the requirements say. */
export function countLeads(file: string): CountedLeads {
  const leads: CountedLead[] = [];
  const leadOf = new Map<string, number>();
  const contradictions: [number, number][] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue;
    const inquiry = JSON.parse(line) as Record<string, string>;
    for (const name of Object.keys(inquiry)) if (!KNOWN.includes(name)) throw new Error(`what is ${name}?`);
    const key = inquiry.idempotencyKey;
    if (!key || leadOf.has(key)) throw new Error(`no key of its own: ${line}`);
    const named: CountedLead = {
      externalId: inquiry.externalId?.trim() || null,
      phone: inquiry.phone ? elevenDigits(inquiry.phone) : null,
      email: inquiry.email?.trim().toLowerCase() || null,
    };
    const holders = [
      named.externalId && leads.findIndex((lead) => lead.externalId === named.externalId),
      named.phone && leads.findIndex((lead) => lead.phone === named.phone),
      named.email && leads.findIndex((lead) => lead.email === named.email),
    ].filter((holder): holder is number => typeof holder === 'number' && holder >= 0);
    const first = holders[0];
    if (first === undefined) {
      leadOf.set(key, leads.push(named) - 1);
      continue;
    }
    leadOf.set(key, first);
    for (const other of holders) {
      const told = contradictions.some((two) => two.includes(first) && two.includes(other));
      if (other !== first && !told) contradictions.push([first, other]);
    }
    const lead = leads[first] as CountedLead;
    const free = (what: keyof CountedLead) => leads.every((one) => one[what] !== named[what]);
    if (lead.externalId === null && free('externalId')) lead.externalId = named.externalId;
    if (lead.phone === null && free('phone')) lead.phone = named.phone;
    if (lead.email === null && free('email')) lead.email = named.email;
  }
  return { leads, leadOf, contradictions };
}

/** `8(900) 111-22-33`, `+7 900 111-22-33` and `89001112233` are one number: 79001112233. */
function elevenDigits(phone: string): string {
  const digits = phone.replace(/[^0-9]/g, '');
  if (!/^[78][0-9]{10}$/.test(digits)) throw new Error(`not a Russian number: ${phone}`);
  return `7${digits.slice(1)}`;
}
