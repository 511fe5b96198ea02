import { CallDirection } from '../../entities/calls/call-direction.enum.js';
import { CallStatus } from '../../entities/calls/call-status.enum.js';
import { ChargeLeg } from '../../entities/calls/charge-leg.enum.js';
import { FreeReason } from '../../entities/calls/free-reason.enum.js';
import { isAnswered } from './new-call.js';
import type { Holder } from './number-holders.js';

/** Who the numbers of a call belonged to when it began. */
export interface Parties {
  readonly caller: Holder;
  readonly called: Holder;
  readonly redirectedTo: Holder;
}

/** A leg that has a charge, at zero where it is free. */
export interface Leg {
  readonly leg: ChargeLeg;
  /** Whose it is; a contract or nothing. */
  readonly payer: Holder;
  /** Null where the leg is to be rated. */
  readonly freeReason: FreeReason | null;
}

/** Which way a call went, seen from the contact centre. */
export function directionOf({ caller, called }: Parties): CallDirection {
  if (caller.operatorId !== null) return called.operatorId !== null ? CallDirection.INTERNAL : CallDirection.OUTBOUND;
  return called.operatorId !== null ? CallDirection.INBOUND : CallDirection.NETWORK;
}

function reasonOfCallersLeg({ caller, called }: Parties): FreeReason | null {
  if (caller.operatorId !== null) return FreeReason.BY_OPERATOR;
  if (called.operatorId !== null) return FreeReason.TO_OPERATOR;
  return caller.contractId === null ? FreeReason.NOT_OUR_SUBSCRIBER : null;
}

/**
 * The legs of a call that have a charge, in the order in which they are rated (requirements, part 6).
 *
 * An answered call has its caller's leg. One that a subscriber, not an operator, redirected has the leg onward too, at
 * that subscriber's cost; what an operator or somebody unknown passed on costs nobody more.
 */
export function legsOf(status: CallStatus, parties: Parties): Leg[] {
  if (!isAnswered(status)) return [];
  const legs: Leg[] = [{ leg: ChargeLeg.CALLER, payer: parties.caller, freeReason: reasonOfCallersLeg(parties) }];
  if (status === CallStatus.REDIRECTED && parties.called.contractId !== null) {
    const freeReason = parties.redirectedTo.operatorId === null ? null : FreeReason.TO_OPERATOR;
    legs.push({ leg: ChargeLeg.ONWARD, payer: parties.called, freeReason });
  }
  return legs;
}
