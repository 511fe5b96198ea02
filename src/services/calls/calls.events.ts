import type { CallDirection } from '../../entities/calls/call-direction.enum.js';
import type { CallStatus } from '../../entities/calls/call-status.enum.js';
import type { FeedEvent } from '../shared/events/event.js';

/** The kind of the event that a call was recorded. */
export const CALL_RECORDED = 'call.recorded';

/** What a listener needs to decide whether a call concerns it, without reading anything. */
export interface CallRecorded {
  readonly callId: string;
  readonly status: CallStatus;
  readonly direction: CallDirection;
  /** Of caller and called. */
  readonly customerIds: readonly string[];
  /** Of caller, called, and whom it was redirected to. */
  readonly operatorIds: readonly string[];
  /** The groups of these operators when the call was recorded. */
  readonly groupIds: readonly string[];
}

/** What a call's event says, or undefined for an event of another kind. */
export function callRecordedOf(event: FeedEvent): CallRecorded | undefined {
  return event.kind === CALL_RECORDED ? (event.data as unknown as CallRecorded) : undefined;
}
