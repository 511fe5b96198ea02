import type { Audience, LiveCall, LiveMessage } from '../live-message.ts';

/** What a peer's events are made like. */
export interface Lesson {
  /** A message of the product, to somebody who sees its call. */
  readonly base: LiveMessage;
  readonly audience: Audience;
  readonly sockets: number;
}

/** An event as a peer has it in memory. */
export interface PeerEvent {
  readonly cursor: string;
  readonly call: LiveCall;
  readonly groupIds: readonly string[];
  /** The place of the subscriber whose call it is. */
  readonly owner: number;
}

/** The group that everybody answers for. */
export const COMMON_GROUP = 'common';

/** Digits by which one event's texts differ from another's. */
const DIGITS = 8;

/** Events like one of the product's: the first equals it, the others have ids and cursors of their own, as long. */
export class PeerEvents {
  #lesson: Lesson | undefined;
  #next = 0;

  learn(lesson: Lesson): void {
    this.#lesson = lesson;
    this.#next = 0;
  }

  get lesson(): Lesson {
    if (!this.#lesson) throw new Error('There is nothing to make events like.');
    return this.#lesson;
  }

  make(): PeerEvent {
    const { base, sockets } = this.lesson;
    const n = this.#next++;
    const call = base.call!;
    return {
      cursor: numbered(base.cursor, n),
      call: { ...call, id: numbered(call.id, n) },
      groupIds: [COMMON_GROUP],
      owner: n % sockets,
    };
  }
}

function numbered(text: string, n: number): string {
  return n === 0 ? text : text.slice(0, -DIGITS) + n.toString(36).padStart(DIGITS, '0');
}
