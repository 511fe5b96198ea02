/** What a change did to an object: the fields that it concerns, with what they were and what they became. */
export interface Change {
  /** Null for what was made anew, and where no field says what happened. */
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

interface Happening {
  /** A fact in the past: `call.recorded`. */
  readonly kind: string;
  /** Who did it, as the key of an actor, where the request does not say: somebody who signs in. */
  readonly actor?: string;
}

/** What a use case says happened. */
export interface NewEvent extends Happening {
  /** The version is counted up under the lock of the subject's row: the order of its events. */
  readonly subject: { readonly kind: string; readonly id: string; readonly version: number };
  /** What a listener needs to decide whom it concerns, without reading anything; nothing personal, nothing secret. */
  readonly data: Readonly<Record<string, unknown>>;
  /** What the history is to keep of it; nothing for what nobody changed, such as a call. */
  readonly change?: Change;
}

/** What a use case changed, for the history alone: of an object that has no version to order events by. */
export interface NewChange extends Happening {
  readonly subject: { readonly kind: string; readonly id: string };
  readonly change: Change;
}

/** An event as the log holds it. */
export interface FeedEvent extends Omit<NewEvent, 'change' | 'actor'> {
  /** Where it stands in the log; not below the place of the subject's version before it. */
  readonly xid: bigint;
  readonly position: bigint;
  readonly actor: string;
  readonly recordedAt: Date;
}
