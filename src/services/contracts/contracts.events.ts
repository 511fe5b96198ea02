import type { NewEvent } from '../shared/events/event.js';

/** A contract at the version that a change has given it. */
export interface ChangedContract {
  readonly id: string;
  readonly customerId: string;
  readonly version: number;
}

const event = (kind: string, { id, customerId, version }: ChangedContract, data: object): NewEvent => ({
  kind,
  subject: { kind: 'Contract', id, version },
  data: { customerId, ...data },
});

/** The event that a contract was made; `active` says whether it was switched on at once. */
export function contractRegistered(
  contract: ChangedContract,
  data: { readonly simId: string; readonly tariffId: string; readonly active: boolean },
): NewEvent {
  return event('contract.registered', contract, data);
}

/** The event that a contract and its SIM were switched on. */
export function contractActivated(contract: ChangedContract, data: { readonly simId: string }): NewEvent {
  return event('contract.activated', contract, data);
}

/** The event that a contract got another SIM. */
export function simSwapped(
  contract: ChangedContract,
  data: { readonly simId: string; readonly previousSimId: string },
): NewEvent {
  return event('contract.sim-swapped', contract, data);
}

/** The event that a contract is on another tariff, from an instant (ISO 8601) on. */
export function tariffChanged(
  contract: ChangedContract,
  data: { readonly tariffId: string; readonly previousTariffId: string; readonly validFrom: string },
): NewEvent {
  return event('contract.tariff-changed', contract, data);
}
