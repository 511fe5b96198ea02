import type { EventKinds } from '../shared/events/event-kind.js';

/**
 * Events that tell our own processes to look at rights again, or that somebody may take inquiries who could not: nobody
 * outside is told of them.
 */
export const IDENTITY_EVENT_KINDS: EventKinds = {
  'access.changed': 'internal',
  'operator.registered': 'internal',
  'operator.changed': 'internal',
  'operator.removed': 'internal',
  'user.presence-changed': 'internal',
};
