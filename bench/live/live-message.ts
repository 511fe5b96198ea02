/** What every client asks for. */
export const QUERY = `subscription {
  callFeed {
    cursor
    call { id status direction startedAt endedAt durationSeconds caller { number } called { number } }
  }
}`;

/** One call as it is shown. */
export interface LiveCall {
  readonly id: string;
  readonly status: string;
  readonly direction: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly durationSeconds: number;
  readonly caller: { readonly number: string };
  readonly called: { readonly number: string };
}

/** What a message tells; without the call for whom it is not. */
export interface LiveMessage {
  readonly cursor: string;
  readonly call: LiveCall | null;
}

/** Who subscribes: 20 admins, users of groups of their own beside a common one, or operators who see only their own calls. */
export type Audience = 'equal' | 'users' | 'scoped';

/** A call of a steady stream: by its id in the graph, when it was begun to be written, and when that was done. */
export interface Written {
  readonly key: string;
  readonly askedAt: number;
  /** On the shared clock in milliseconds, as everything: taken in the writer, right after the commit. */
  readonly committedAt: number;
}

/** So many calls a second for so long, some in one transaction. */
export interface Pace {
  readonly perSecond: number;
  readonly together: number;
  readonly seconds: number;
}
