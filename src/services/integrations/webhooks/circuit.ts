import { WebhookEndpointState } from '../../../entities/integrations/webhook-endpoint-state.enum.js';

/** So many attempts in a row must fail before an endpoint is left alone. */
const MOST_FAILURES = 10;
/** For how long at first, in milliseconds; then twice as long each, up to the longest. */
const FIRST_BREAK_MS = 60_000;
const LONGEST_BREAK_MS = 60 * 60 * 1000;
/** An endpoint that took nothing for so long is given up until somebody resumes it; in milliseconds. */
const GIVE_UP_MS = 5 * 24 * 60 * 60 * 1000;
const GONE = 410;

/** What an endpoint's circuit breaker remembers. */
export interface Circuit {
  readonly state: WebhookEndpointState;
  readonly stateReason: string | null;
  /** Failed attempts in a row. */
  readonly failures: number;
  /** How often it has opened without closing. */
  readonly trips: number;
  readonly suspendedSince: Date | null;
  readonly suspendedUntil: Date | null;
}

/** The circuit of an endpoint that nothing is known against. */
export const CLOSED: Circuit = {
  state: WebhookEndpointState.ACTIVE,
  stateReason: null,
  failures: 0,
  trips: 0,
  suspendedSince: null,
  suspendedUntil: null,
};

/**
 * An endpoint's circuit after an attempt that failed: it opens after ten in a row, and again when the probe of an open
 * one fails; other attempts that were under way when it opened change nothing. An answer of 410 pauses the endpoint, and
 * so does a circuit that is open for five days.
 *
 * @param attempt whether it was the probe of an open circuit, and the HTTP status, if any
 */
export function afterFailure(
  circuit: Circuit,
  attempt: { readonly isProbe: boolean; readonly status: number | null },
  now: Date,
): Circuit {
  const failures = circuit.failures + 1;
  if (circuit.state === WebhookEndpointState.PAUSED) return { ...circuit, failures };
  if (attempt.status === GONE) return paused(failures, 'The receiver answered 410: it wants no more messages.');
  const isOpen = circuit.state === WebhookEndpointState.SUSPENDED;
  if (isOpen ? !attempt.isProbe : failures < MOST_FAILURES) return { ...circuit, failures };
  const since = circuit.suspendedSince ?? now;
  if (now.getTime() - since.getTime() > GIVE_UP_MS) {
    return paused(failures, 'No message was taken for five days.');
  }
  return {
    state: WebhookEndpointState.SUSPENDED,
    stateReason: `${failures} attempts in a row have failed.`,
    failures,
    trips: circuit.trips + 1,
    suspendedSince: since,
    suspendedUntil: new Date(now.getTime() + breakAfter(circuit.trips)),
  };
}

/** The circuit of an endpoint that is paused. */
export function paused(failures: number, stateReason: string | null): Circuit {
  return { ...CLOSED, state: WebhookEndpointState.PAUSED, stateReason, failures };
}

function breakAfter(trips: number): number {
  return Math.min(FIRST_BREAK_MS * 2 ** trips, LONGEST_BREAK_MS);
}
