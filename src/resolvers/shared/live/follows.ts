import type { GraphQLField, GraphQLObjectType } from 'graphql';
import { Extensions } from 'type-graphql';
import type { Actor } from '../../../services/shared/access/actor.js';
import type { FeedEvent } from '../../../services/shared/events/event.js';
import { part } from '../../../services/shared/read/reads/part.js';
import { declareRead } from '../declares.js';
import type { LiveRow } from './live-row.js';

/** How a subscription follows the event log. */
export interface Following<Data extends object = object, Args = never> {
  /** The properties of the data that the message's fields are read from, with their types in the database. */
  readonly columns: Readonly<Record<string, string>>;
  /** What an event says to the subscription; undefined for an event of another kind. */
  read(event: FeedEvent): Data | undefined;
  /**
   * Which events a client asks for.
   *
   * @throws Refusal for an argument that is none
   */
  wanted(actor: Actor, args: Args): (data: Data) => boolean;
  /** Whether somebody may see an event: asked for each event and each listener. */
  allowed(actor: Actor, data: Data): boolean;
}

const KEY = 'following';

/** How a field of the graph's subscriptions follows the log. */
export function followingOf({ extensions }: GraphQLField<unknown, unknown>): Following | undefined {
  return extensions[KEY] as Following | undefined;
}

/**
 * A subscription that follows the event log: nobody else calls its `subscribe`.
 *
 * Its method gets the message's row as `@Root()` and gives it back.
 */
export function Follows<Data extends object, Args>(following: Following<Data, Args>) {
  return Extensions({ [KEY]: following });
}

/** TypeGraphQL asks each subscription for it. */
export function subscribe(): never {
  throw new Error('Subscriptions are served by the live hub.');
}

/** Declares for the gap of what implements `LiveEvent` how it is read. */
export function declareGap(type: GraphQLObjectType): void {
  const { gap } = type.getFields();
  if (gap) declareRead(gap, () => part<LiveRow>({ reason: 'gapReason', message: 'gapMessage' }, 'gapReason'));
}
