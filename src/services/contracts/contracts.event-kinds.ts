import { Permission } from '../../entities/identity/permission.enum.js';
import type { EventKinds, EventProperty, PublicEventKind } from '../shared/events/event-kind.js';

const customerId = { description: 'Whose contract it is.', idOf: 'Customer' };

function ofContract(data: Readonly<Record<string, EventProperty>>, label: PublicEventKind['label']): PublicEventKind {
  return { needs: Permission.CONTRACTS_READ, subject: 'Contract', data: { customerId, ...data }, label };
}

/** What partners may be told of contracts. */
export const CONTRACT_EVENT_KINDS: EventKinds = {
  'contract.registered': ofContract(
    {
      simId: { description: 'Its SIM.', idOf: 'Sim' },
      tariffId: { description: 'Its tariff.', idOf: 'Tariff' },
      active: { description: 'Whether it was switched on at once.' },
    },
    { en: 'A contract was made', ru: 'Договор оформлен', uk: 'Договір оформлено' },
  ),
  'contract.activated': ofContract(
    { simId: { description: 'Its SIM.', idOf: 'Sim' } },
    { en: 'A contract was switched on', ru: 'Договор активирован', uk: 'Договір активовано' },
  ),
  'contract.sim-swapped': ofContract(
    {
      simId: { description: 'The SIM that it has now.', idOf: 'Sim' },
      previousSimId: { description: 'The SIM that it had.', idOf: 'Sim' },
    },
    { en: 'A contract got another SIM', ru: 'SIM-карта заменена', uk: 'SIM-картку замінено' },
  ),
  'contract.tariff-changed': ofContract(
    {
      tariffId: { description: 'The tariff that it is on from then on.', idOf: 'Tariff' },
      previousTariffId: { description: 'The tariff that it was on.', idOf: 'Tariff' },
      validFrom: { description: 'From when, as an instant in ISO 8601.' },
    },
    { en: 'A contract is on another tariff', ru: 'Тариф договора изменён', uk: 'Тариф договору змінено' },
  ),
};
