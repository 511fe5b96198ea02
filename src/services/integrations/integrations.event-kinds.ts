import type { EventKinds } from '../shared/events/event-kind.js';

/** Events of the product's own imports: nobody outside is told of them. */
export const INTEGRATION_EVENT_KINDS: EventKinds = { 'import.progressed': 'internal' };
