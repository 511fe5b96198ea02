import { Permission } from '../../entities/identity/permission.enum.js';
import type { EventKinds } from '../shared/events/event-kind.js';

/** What partners may be told of tariffs. */
export const CATALOG_EVENT_KINDS: EventKinds = {
  'tariff.published': {
    needs: Permission.TARIFFS_READ,
    subject: 'Tariff',
    data: {
      tariffId: { description: 'The tariff.', idOf: 'Tariff' },
      repriced: { description: 'Whether it got new prices.' },
      active: { description: 'Whether contracts can be put on it.' },
    },
    label: { en: 'A tariff was made or changed', ru: 'Тариф опубликован', uk: 'Тариф опубліковано' },
  },
};
