import type { Change, NewEvent } from '../shared/events/event.js';

/** The event that a tariff was made or changed; `repriced` says whether it got new prices. */
export function tariffPublished(
  id: string,
  version: number,
  data: { readonly repriced: boolean; readonly active: boolean },
  change: Change,
): NewEvent {
  return {
    kind: 'tariff.published',
    subject: { kind: 'Tariff', id, version },
    data: { tariffId: id, ...data },
    change,
  };
}
