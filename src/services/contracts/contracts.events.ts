import type { ContractStatus } from '../../entities/contracts/contract-status.enum.js';
import { creation, difference } from '../shared/events/change.js';
import type { Change, NewEvent } from '../shared/events/event.js';
import { encodeId } from '../shared/ids/global-id.js';

/** A contract at the version that a change has given it. */
export interface ChangedContract {
  readonly id: string;
  readonly customerId: string;
  readonly version: number;
}

const event = (kind: string, { id, customerId, version }: ChangedContract, data: object, change: Change): NewEvent => ({
  kind,
  subject: { kind: 'Contract', id, version },
  data: { customerId, ...data },
  change,
});

const sim = (id: string) => encodeId('Sim', id);
const tariff = (id: string) => encodeId('Tariff', id);

/** The event that a contract was made; `active` says whether it was switched on at once. */
export function contractRegistered(
  contract: ChangedContract,
  data: { readonly simId: string; readonly tariffId: string; readonly active: boolean },
  fields: {
    readonly number: string;
    readonly msisdn: string;
    readonly status: ContractStatus;
    /** Since when it holds. */
    readonly validFrom: Date;
  },
): NewEvent {
  const ids = {
    customerId: encodeId('Customer', contract.customerId),
    simId: sim(data.simId),
    tariffId: tariff(data.tariffId),
  };
  return event('contract.registered', contract, data, creation({ ...fields, ...ids }));
}

/** The event that a contract and its SIM were switched on. */
export function contractActivated(
  contract: ChangedContract,
  data: { readonly simId: string },
  [before, after]: readonly [ContractStatus, ContractStatus],
): NewEvent {
  return event('contract.activated', contract, data, difference({ status: before }, { status: after }));
}

/** The event that a contract got another SIM. */
export function simSwapped(
  contract: ChangedContract,
  data: { readonly simId: string; readonly previousSimId: string },
): NewEvent {
  const change = difference({ simId: sim(data.previousSimId) }, { simId: sim(data.simId) });
  return event('contract.sim-swapped', contract, data, change);
}

/** The event that a contract is on another tariff, from an instant (ISO 8601) on. */
export function tariffChanged(
  contract: ChangedContract,
  data: { readonly tariffId: string; readonly previousTariffId: string; readonly validFrom: string },
): NewEvent {
  const after = { tariffId: tariff(data.tariffId), tariffFrom: data.validFrom };
  return event(
    'contract.tariff-changed',
    contract,
    data,
    difference({ tariffId: tariff(data.previousTariffId) }, after),
  );
}
