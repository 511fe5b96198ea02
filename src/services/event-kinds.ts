import { BILLING_EVENT_KINDS } from './billing/billing.event-kinds.js';
import { CALL_EVENT_KINDS } from './calls/calls.event-kinds.js';
import { CATALOG_EVENT_KINDS } from './catalog/catalog.event-kinds.js';
import { CONTRACT_EVENT_KINDS } from './contracts/contracts.event-kinds.js';
import { CUSTOMER_EVENT_KINDS } from './customers/customers.event-kinds.js';
import { DISTRIBUTION_EVENT_KINDS } from './distribution/distribution.event-kinds.js';
import { IDENTITY_EVENT_KINDS } from './identity/identity.event-kinds.js';
import { INTEGRATION_EVENT_KINDS } from './integrations/integrations.event-kinds.js';
import type { EventKinds, PublicEventKind } from './shared/events/event-kind.js';

/** Every kind of event that the log may have, and what of it goes out. */
export const EVENT_KINDS: EventKinds = {
  ...BILLING_EVENT_KINDS,
  ...CALL_EVENT_KINDS,
  ...CATALOG_EVENT_KINDS,
  ...CONTRACT_EVENT_KINDS,
  ...CUSTOMER_EVENT_KINDS,
  ...DISTRIBUTION_EVENT_KINDS,
  ...IDENTITY_EVENT_KINDS,
  ...INTEGRATION_EVENT_KINDS,
};

/** The kinds that may go out, by name. */
export const PUBLIC_EVENT_KINDS: ReadonlyMap<string, PublicEventKind> = new Map(
  Object.entries(EVENT_KINDS).flatMap(([name, kind]) => (kind === 'internal' ? [] : [[name, kind] as const])),
);
