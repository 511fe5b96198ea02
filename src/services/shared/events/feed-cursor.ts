/** A place in the event log: everything up to it has been seen. */
export interface FeedPosition {
  readonly xid: bigint;
  readonly position: bigint;
}

/** A place in the log of one database, as a client keeps it. */
export interface FeedCursor extends FeedPosition {
  /** The log that it is of. */
  readonly epoch: string;
}

const CURSOR = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d{1,20}):(\d{1,19})$/;
/** The greatest transaction id and the greatest position that PostgreSQL has. */
const MOST_XID = 2n ** 64n - 1n;
const MOST_POSITION = 2n ** 63n - 1n;

/** Whether one place is behind another. */
export function isAfter(one: FeedPosition, other: FeedPosition): boolean {
  return one.xid === other.xid ? one.position > other.position : one.xid > other.xid;
}

/** The opaque text of a place in the log of one database. */
export function encodeFeedCursor(epoch: string, { xid, position }: FeedPosition): string {
  return Buffer.from(`${epoch}:${xid}:${position}`).toString('base64url');
}

/** The place that a text stands for; undefined for one that is none of ours. */
export function decodeFeedCursor(text: string): FeedCursor | undefined {
  const [, epoch, xid, position] = CURSOR.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (epoch === undefined) return undefined;
  const cursor = { epoch, xid: BigInt(xid!), position: BigInt(position!) };
  return cursor.xid <= MOST_XID && cursor.position <= MOST_POSITION ? cursor : undefined;
}
