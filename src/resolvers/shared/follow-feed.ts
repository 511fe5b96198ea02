import type { Context } from '../../context.js';
import type { FeedEvent } from '../../services/shared/events/event.js';
import { encodeFeedCursor } from '../../services/shared/events/feed-cursor.js';
import { QueueOverflow } from '../../services/shared/live/bounded-queue.js';

/** An event of a stream, with the place to go on from. */
export interface StreamedEvent<Data> {
  readonly cursor: string;
  readonly data: Data;
}

/**
 * The events of a subscription, from now on.
 *
 * Before each event it is asked again who is there: rights are those of the moment, and a stream whose token holds no
 * more ends.
 *
 * @param read what an event says to this subscription, or undefined when it is of another kind or not wanted
 * @param allowed whether the actor of the moment may see it
 */
export async function followFeed<Data>(
  context: Context,
  read: (event: FeedEvent) => Data | undefined,
  allowed: (context: Context, data: Data) => boolean,
): Promise<AsyncGenerator<StreamedEvent<Data>>> {
  const { house, stream } = context;
  const events = await house.feed.listen(
    (event) => read(event) !== undefined,
    () => stream?.tooSlow(),
  );
  async function* run(): AsyncGenerator<StreamedEvent<Data>> {
    try {
      for await (const event of events) {
        if (stream && !(await stream.renew())) return;
        const data = read(event);
        if (data !== undefined && allowed(context, data)) yield { cursor: encodeFeedCursor(house.epoch, event), data };
      }
    } catch (error) {
      // The socket has been told to go.
      if (!(error instanceof QueueOverflow)) throw error;
    } finally {
      await events.return();
    }
  }
  return unsubscribing(run(), () => events.return());
}

/**
 * A generator whose `return` ends what it waits for: an async generator's own waits for the next value first, and a
 * client that unsubscribes would leave its listener behind until the next event.
 */
function unsubscribing<Value>(generator: AsyncGenerator<Value>, end: () => Promise<unknown>): AsyncGenerator<Value> {
  const finish = generator.return.bind(generator);
  generator.return = async (value) => {
    await end();
    return finish(value);
  };
  return generator;
}
