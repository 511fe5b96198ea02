import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import type { ImportJob } from '../../entities/integrations/import-job.entity.js';
import { UserType } from '../../schema/identity/user.type.js';
import {
  ImportCallsInput,
  ImportJobListArgs,
  ImportSubscribersInput,
} from '../../schema/integrations/import.inputs.js';
import { ImportCallsPayload, ImportSubscribersPayload } from '../../schema/integrations/import.payloads.js';
import { ImportIssueConnection } from '../../schema/integrations/import-issue.type.js';
import { ImportJobConnection, ImportJobType } from '../../schema/integrations/import-job.type.js';
import { StoredFileType } from '../../schema/integrations/stored-file.type.js';
import { ConnectionArgs } from '../../schema/shared/connection.type.js';
import { users } from '../../services/identity/user.queries.js';
import { importIssues, importJobs, storedFiles } from '../../services/integrations/import-job.queries.js';
import { importCalls, importSubscribers } from '../../services/integrations/request-import.js';
import { SUMMARISED, summariseImport } from '../../services/integrations/summarise-import.js';
import { page, pageOf } from '../../services/shared/read/reads/list.js';
import { byId, parent } from '../../services/shared/read/reads/to-one.js';
import { computed } from '../../services/shared/read/reads/values.js';
import { Declares } from '../shared/declares.js';
import { mutate } from '../shared/mutate.js';

@Resolver(() => ImportJobType)
export class ImportJobResolver {
  @Query(() => ImportJobType, { nullable: true, description: 'One import; null when there is none that you may see.' })
  @Declares('id')
  importJob(@Arg('id', () => ID, { description: 'The import’s id.' }) id: string) {
    return byId(importJobs, id);
  }

  @Query(() => ImportJobConnection, { description: 'The imports that you may see.' })
  @Declares()
  importJobs(@Args() list: ImportJobListArgs) {
    return page(importJobs, list);
  }

  @Mutation(() => ImportSubscribersPayload, {
    description:
      'Takes in a file of subscribers (`POST /files`) in the background: CSV with a header in Russian or English. The number is the key: an unknown one is registered; a known one gets the name, the e-mail, the SIM and the tariff of its row where they differ, and keeps its deposit. Follow it by `importJob`.',
  })
  importSubscribers(
    @Arg('input', () => ImportSubscribersInput, { description: 'Which file, and since when it holds.' })
    input: ImportSubscribersInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => importSubscribers(work, input),
      async (key) => ({ importJob: await context.reader.byId(importJobs, key) }),
    );
  }

  @Mutation(() => ImportCallsPayload, {
    description:
      'Takes in a file of calls (`POST /files`) in the background: CSV as Asterisk’s `cdr_csv` writes it, with `uniqueid` and `userfield`. A call that is there already stays. Follow it by `importJob`.',
  })
  importCalls(
    @Arg('input', () => ImportCallsInput, { description: 'Which file.' }) input: ImportCallsInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => importCalls(work, input),
      async (key) => ({ importJob: await context.reader.byId(importJobs, key) }),
    );
  }

  @FieldResolver(() => String, { description: 'Where it stands or what it came to, in one sentence for a person.' })
  @Declares()
  summary() {
    return computed<ImportJob>(SUMMARISED, summariseImport);
  }

  @FieldResolver(() => ImportIssueConnection, { description: 'What was wrong with its bad rows, in the file’s order.' })
  @Declares()
  issues(@Args() list: ConnectionArgs) {
    return pageOf(importIssues, ['job'], list);
  }

  @FieldResolver(() => StoredFileType, { nullable: true, description: 'The file that it takes in.' })
  @Declares()
  file() {
    return parent(storedFiles, 'file');
  }

  @FieldResolver(() => UserType, {
    nullable: true,
    description: 'Who asked for it; null where it was no user, or none that you may see.',
  })
  @Declares()
  requestedBy() {
    return parent(users, 'requestedBy');
  }
}
