import type { WebhookEndpointState } from '../../../entities/integrations/webhook-endpoint-state.enum.js';
import { creation, difference, NO_FIELDS } from '../../shared/events/change.js';
import type { Change, NewChange } from '../../shared/events/event.js';

/** What of an endpoint its history keeps: of the URL only the host, since paths of receivers tend to be secrets. */
interface EndpointFields {
  readonly url: string;
  readonly eventKinds: readonly string[];
  readonly description: string | null;
  readonly state?: string;
}

const kept = ({ url, ...fields }: EndpointFields) => ({ host: new URL(url).host, ...fields });
const ofEndpoint = (kind: string, id: string, change: Change): NewChange => ({
  kind,
  subject: { kind: 'WebhookEndpoint', id },
  change,
});

/** The change that an endpoint was made. */
export function endpointCreated(id: string, fields: EndpointFields): NewChange {
  return ofEndpoint('webhook-endpoint.created', id, creation(kept(fields)));
}

/** The change that an endpoint became otherwise. */
export function endpointChanged(id: string, before: EndpointFields, after: EndpointFields): NewChange {
  return ofEndpoint('webhook-endpoint.changed', id, difference(kept(before), kept(after)));
}

/** The change that the product itself paused, suspended or resumed an endpoint. */
export function endpointMoved(id: string, before: WebhookEndpointState, after: WebhookEndpointState): NewChange {
  return ofEndpoint('webhook-endpoint.changed', id, difference({ state: before }, { state: after }));
}

/** The change that an endpoint was removed. */
export function endpointRemoved(id: string, fields: EndpointFields): NewChange {
  return ofEndpoint('webhook-endpoint.removed', id, { before: kept(fields), after: null });
}

/** The change that an endpoint got another secret. */
export function secretRotated(id: string): NewChange {
  return ofEndpoint('webhook-endpoint.secret-rotated', id, NO_FIELDS);
}

/** The change that an endpoint was put back in the event log. */
export function endpointReplayed(id: string): NewChange {
  return ofEndpoint('webhook-endpoint.replayed', id, NO_FIELDS);
}
