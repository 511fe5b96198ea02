import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import type { Client } from 'graphql-ws';
import { Refused } from './ask.ts';
import { BACK_OFF, type BackOff, pause, pauseBefore, remedyFor } from './losses.ts';

/** What every message of a subscription has. */
export interface LiveMessage {
  readonly cursor: string;
  readonly gap: { readonly reason: string; readonly message: string } | null;
}

/** What is followed, and how. */
export interface Followed<Snapshot, Message, Data, Variables> {
  readonly client: Client;
  /** Reads the present state; its first query asks for `feedCursor` too. */
  snapshot(): Promise<Snapshot>;
  /** It takes `$after`, and asks for `cursor` and `gap`. */
  readonly subscription: TypedDocumentNode<Data, Variables>;
  /** Without `after`. */
  readonly variables?: Omit<Variables, 'after'>;
  /** The message in what came. */
  messageOf(data: Data): Message;
  /** Takes another token: the present one was refused. */
  renew(): Promise<void>;
  /** Goes on behind this place, where the state up to it is known from before; begins with a snapshot when left out. */
  readonly after?: string;
  readonly backOff?: BackOff;
}

/** The state as it is: what was known before is to be thrown away; or what happened since. */
export type Step<Snapshot, Message> =
  | { readonly snapshot: Snapshot; readonly message?: undefined }
  | { readonly message: Message; readonly snapshot?: undefined };

/**
 * Snapshot, then tail: gives the present state, then everything that happens, in order, whatever becomes of the socket.
 *
 * Put messages in by id: the first ones may tell of what the snapshot shows already. From message to message nothing is
 * lost and nothing comes twice. A message counts as received when the next step is asked for. After a gap comes another
 * snapshot.
 *
 * @throws Refused, SessionEnded, or the event of a close that no further attempt can mend
 */
export async function* followLive<
  Snapshot extends { readonly feedCursor: string },
  Message extends LiveMessage,
  Data,
  Variables,
>(
  followed: Followed<Snapshot, Message, Data, Variables>,
  signal: AbortSignal,
): AsyncGenerator<Step<Snapshot, Message>, void, void> {
  const { backOff = BACK_OFF } = followed;
  let cursor = followed.after;
  let renew = false;
  let attempts = 0;
  while (!signal.aborted) {
    try {
      if (renew) await followed.renew();
      renew = false;
      if (cursor === undefined) {
        const snapshot = await followed.snapshot();
        yield { snapshot };
        cursor = snapshot.feedCursor;
      }
      for await (const message of messagesBehind(followed, cursor, signal)) {
        attempts = 0;
        if (message.gap) {
          cursor = undefined;
          break;
        }
        yield { message };
        cursor = message.cursor;
      }
    } catch (error) {
      const remedy = remedyFor(error);
      if (remedy === 'GIVE_UP') throw error;
      renew = remedy === 'RENEW';
      await pause(pauseBefore(remedy, attempts, backOff), signal);
      attempts += 1;
    }
  }
}

/** The messages of one subscription on one socket; throws when either ends, unless it was told to. */
async function* messagesBehind<Snapshot, Message, Data, Variables>(
  { client, subscription, variables, messageOf }: Followed<Snapshot, Message, Data, Variables>,
  after: string,
  signal: AbortSignal,
): AsyncGenerator<Message, void, void> {
  const results = client.iterate<Data>({ query: print(subscription), variables: { ...variables, after } });
  const stop = () => void results.return?.();
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    for await (const { data, errors } of results) {
      if (!data) throw new Refused(errors ?? []);
      yield messageOf(data);
    }
  } catch (error) {
    // A subscription that is refused ends with the list of its errors.
    throw Array.isArray(error) ? new Refused(error) : error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  if (!signal.aborted) throw new Error('The server ended the subscription.');
}
