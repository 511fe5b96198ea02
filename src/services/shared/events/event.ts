/** What a use case says happened. */
export interface NewEvent {
  /** A fact in the past: `call.recorded`. */
  readonly kind: string;
  readonly subject: { readonly kind: string; readonly id: string; readonly version: number };
  /** What a listener needs to decide whom it concerns, without reading anything. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** An event as the log holds it. */
export interface FeedEvent extends NewEvent {
  /** Where it stands in the log. */
  readonly xid: bigint;
  readonly position: bigint;
  readonly actor: string;
  readonly recordedAt: Date;
}
