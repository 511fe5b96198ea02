import { PUBLIC_EVENT_KINDS } from '../../event-kinds.js';
import { READABLES } from '../../readables.js';
import type { Rights } from '../../shared/access/rights.js';
import type { EventProperty } from '../../shared/events/event-kind.js';
import { encodeFeedCursor } from '../../shared/events/feed-cursor.js';
import { encodeId } from '../../shared/ids/global-id.js';

/** An event as a delivery keeps it. */
export interface KeptEvent {
  readonly log: string;
  readonly xid: string;
  readonly position: string;
  readonly kind: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly subjectVersion: number;
  readonly recordedAt: Date;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * The body of an event's message, JSON: what is declared of its kind and nothing else, with global ids; an id of what
 * its reader may not see is null.
 */
export function eventBody(event: KeptEvent, rights: Rights): string {
  const { log, xid, position, kind, subjectKind, subjectId, subjectVersion } = event;
  const declared = PUBLIC_EVENT_KINDS.get(kind);
  const data = declared
    ? Object.fromEntries(
        Object.entries(declared.data).map(([name, property]) => [name, shown(event.data[name], property, rights)]),
      )
    : event.data;
  return JSON.stringify({
    type: kind,
    timestamp: event.recordedAt.toISOString(),
    cursor: encodeFeedCursor(log, { xid: BigInt(xid), position: BigInt(position) }),
    subject: { type: subjectKind, id: encodeId(subjectKind, subjectId), version: subjectVersion },
    data,
  });
}

function shown(value: unknown, { idOf }: EventProperty, rights: Rights): unknown {
  if (value === null || value === undefined) return null;
  if (idOf === undefined) return value;
  // Where only some rows are seen, which ones would have to be read; no partner's key is like that.
  if (READABLES.get(idOf)?.visible(rights) !== 'all') return null;
  return Array.isArray(value) ? value.map((key) => encodeId(idOf, String(key))) : encodeId(idOf, String(value));
}
