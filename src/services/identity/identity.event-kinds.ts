import type { EventKinds } from '../shared/events/event-kind.js';

/** Events that tell our own processes to look at rights again: nobody outside is told of them. */
export const IDENTITY_EVENT_KINDS: EventKinds = { 'access.changed': 'internal' };
