import { Arg, Ctx, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../../context.js';
import { ImportProgressEventType } from '../../schema/integrations/import-progress.type.js';
import { mayReadImports } from '../../services/integrations/import.policy.js';
import { importJobs } from '../../services/integrations/import-job.queries.js';
import { type ImportProgressed, importProgressOf } from '../../services/integrations/integrations.events.js';
import { keyOf } from '../../services/shared/ids/global-id.js';
import { followFeed, type StreamedEvent } from '../shared/follow-feed.js';

@Resolver(() => ImportProgressEventType)
export class ImportProgressResolver {
  @Subscription(() => ImportProgressEventType, {
    description: 'The steps of an import from now on: its rows as they are taken in, and its end.',
    subscribe: ({ args, context }) => {
      const id = keyOf('ImportJob', (args as { id: string }).id, ['id']);
      return followFeed<ImportProgressed>(
        context as Context,
        (event) => {
          const progress = importProgressOf(event);
          return progress?.importJobId === id ? progress : undefined;
        },
        ({ actor }) => mayReadImports(actor),
      ) as never;
    },
  })
  importProgressed(
    @Root() event: StreamedEvent<ImportProgressed>,
    @Arg('id', () => ID, { description: 'The import’s id.' }) _id: string,
  ): StreamedEvent<ImportProgressed> {
    return event;
  }

  @FieldResolver()
  importJob(@Root() event: StreamedEvent<ImportProgressed>, @Ctx() { reader }: Context) {
    return reader.byId(importJobs, event.data.importJobId);
  }
}
