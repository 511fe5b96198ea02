import { Arg, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import { ImportProgressEventType } from '../../schema/integrations/import-progress.type.js';
import { mayReadImports } from '../../services/integrations/import.policy.js';
import { importJobs } from '../../services/integrations/import-job.queries.js';
import { type ImportProgressed, importProgressOf } from '../../services/integrations/integrations.events.js';
import { keyOf } from '../../services/shared/ids/global-id.js';
import { parent } from '../../services/shared/read/reads/to-one.js';
import { Declares } from '../shared/declares.js';
import { After } from '../shared/live/after.js';
import { Follows, subscribe } from '../shared/live/follows.js';
import type { LiveRow } from '../shared/live/live-row.js';

@Resolver(() => ImportProgressEventType)
export class ImportProgressResolver {
  @Subscription(() => ImportProgressEventType, {
    description: 'The steps of an import: its rows as they are taken in, and its end.',
    subscribe,
  })
  @Follows<ImportProgressed, { id: string }>({
    columns: { importJobId: 'bigint' },
    read: importProgressOf,
    wanted: (_actor, { id }) => {
      const key = keyOf('ImportJob', id, ['id']);
      return ({ importJobId }) => importJobId === key;
    },
    allowed: (actor) => mayReadImports(actor),
  })
  importProgressed(
    @Root() event: LiveRow,
    @Arg('id', () => ID, { description: 'The import’s id.' }) _id: string,
    @After() _after: string | null,
  ): LiveRow {
    return event;
  }

  @FieldResolver()
  @Declares()
  importJob() {
    return parent(importJobs, 'importJobId');
  }
}
