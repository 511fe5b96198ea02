import { z } from 'zod';
import type { FeedEvent } from '../events/event.js';
import type { FeedPosition } from '../events/feed-cursor.js';

/** What one node read from the event log, for the others. */
export interface FeedBatch {
  /** The log that it is of; one that is restored from a backup is another. */
  readonly epoch: string;
  /** The place that was read behind. */
  readonly from: FeedPosition;
  /** The place up to which it is complete: between the two the log has nothing else, and never will. */
  readonly to: FeedPosition;
  /** In order. Empty where nothing was there: then it says that somebody reads, and how far that is. */
  readonly events: readonly FeedEvent[];
  /** Whether the node reads for others no more. */
  readonly leaving: boolean;
}

/** A batch as it came, and from whom. */
export interface ReceivedBatch {
  /** The node that sent it. */
  readonly node: string;
  readonly batch: FeedBatch;
}

/** Told apart from what another version of the product may send, which is not read. */
const FORMAT = 1;

const PLACE = /^\d{1,20}:\d{1,19}$/;

const place = z
  .string()
  .regex(PLACE)
  .transform((text): FeedPosition => {
    const [xid, position] = text.split(':');
    return { xid: BigInt(xid!), position: BigInt(position!) };
  });

const event = z.object({
  at: place,
  kind: z.string(),
  subject: z.object({ kind: z.string(), id: z.string(), version: z.number() }),
  actor: z.string(),
  recordedAt: z.number().transform((ms) => new Date(ms)),
  data: z.custom<Record<string, unknown>>((value) => typeof value === 'object' && value !== null),
});

const message = z.object({
  format: z.literal(FORMAT),
  node: z.string(),
  epoch: z.string(),
  from: place,
  to: place,
  leaving: z.boolean(),
  events: z.array(event),
});

const textOf = ({ xid, position }: FeedPosition) => `${xid}:${position}`;

function encodeEvent({ xid, position, kind, subject, actor, recordedAt, data }: FeedEvent): string {
  const { kind: subjectKind, id, version } = subject;
  return JSON.stringify({
    at: textOf({ xid, position }),
    kind,
    subject: { kind: subjectKind, id, version },
    actor,
    recordedAt: recordedAt.getTime(),
    data,
  });
}

function encodeMessage(node: string, batch: Omit<FeedBatch, 'events'>, events: readonly string[]): string {
  const { epoch, from, to, leaving } = batch;
  const head = JSON.stringify({ format: FORMAT, node, epoch, from: textOf(from), to: textOf(to), leaving });
  return `${head.slice(0, -1)},"events":[${events.join()}]}`;
}

/**
 * The messages that carry a batch, in order; together they are the batch.
 *
 * An event that is larger than a message may be is left out: the messages leave a hole there, and who finds one reads
 * the log.
 *
 * @param mostBytes of the events in one message
 */
export function encodeBatch(node: string, batch: FeedBatch, mostBytes: number): string[] {
  const messages: string[] = [];
  let from = batch.from;
  let to = batch.from;
  let events: string[] = [];
  let bytes = 0;
  const close = () => {
    messages.push(encodeMessage(node, { ...batch, from, to }, events));
    from = to;
    events = [];
    bytes = 0;
  };
  for (const next of batch.events) {
    const text = encodeEvent(next);
    const size = Buffer.byteLength(text);
    if (events.length > 0 && bytes + size > mostBytes) close();
    to = { xid: next.xid, position: next.position };
    if (size > mostBytes) {
      from = to;
    } else {
      events.push(text);
      bytes += size;
    }
  }
  close();
  return messages;
}

/** The batch of a message; undefined for one that is none, or of another version of the product. */
export function decodeBatch(text: string): ReceivedBatch | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { success, data } = message.safeParse(json);
  if (!success) return undefined;
  const { node, epoch, from, to, leaving, events } = data;
  return { node, batch: { epoch, from, to, leaving, events: events.map(({ at, ...rest }) => ({ ...at, ...rest })) } };
}
