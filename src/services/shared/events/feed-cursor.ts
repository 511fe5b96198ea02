/** A place in the event log: everything up to it has been seen. */
export interface FeedPosition {
  readonly xid: bigint;
  readonly position: bigint;
}

/** The opaque text of a place in the log of one database. */
export function encodeFeedCursor(epoch: string, { xid, position }: FeedPosition): string {
  return Buffer.from(`${epoch}:${xid}:${position}`).toString('base64url');
}
