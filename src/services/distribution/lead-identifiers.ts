import { LeadIdentifier } from '../../entities/distribution/lead-identifier.enum.js';

/** What a lead itself is known by. */
export interface OwnIdentifiers {
  readonly externalId: string | null;
  readonly phone: string | null;
  readonly email: string | null;
}

interface OwnIdentifier {
  readonly field: keyof OwnIdentifiers;
  readonly column: string;
  readonly identifier: LeadIdentifier;
  /** As people call it. */
  readonly words: string;
}

/** A lead's own identifiers, the strongest first. */
export const OWN_IDENTIFIERS: readonly OwnIdentifier[] = [
  { field: 'externalId', column: 'external_id', identifier: LeadIdentifier.EXTERNAL_ID, words: 'external id' },
  { field: 'phone', column: 'phone', identifier: LeadIdentifier.PHONE, words: 'phone number' },
  { field: 'email', column: 'email', identifier: LeadIdentifier.EMAIL, words: 'e-mail address' },
];
