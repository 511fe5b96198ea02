import type { SimStatus } from '../../entities/sims/sim-status.enum.js';
import { creation, difference } from '../shared/events/change.js';
import type { NewChange } from '../shared/events/event.js';

/** What of a SIM changes. */
export interface SimFields {
  readonly status: SimStatus;
  readonly imsi: string | null;
}

/** What the history keeps of a SIM that we did not know before. */
export function simRegistered(id: string, sim: SimFields & { readonly iccid: string }): NewChange {
  const { iccid, imsi, status } = sim;
  return { kind: 'sim.registered', subject: { kind: 'Sim', id }, change: creation({ iccid, imsi, status }) };
}

/** What the history keeps of a SIM that went into a contract, out of one, or was switched on. */
export function simChanged(id: string, before: Partial<SimFields>, after: Partial<SimFields>): NewChange {
  return { kind: 'sim.changed', subject: { kind: 'Sim', id }, change: difference(before, after) };
}
