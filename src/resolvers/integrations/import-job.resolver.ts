import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { ImportJob } from '../../entities/integrations/import-job.entity.js';
import { UserType } from '../../schema/identity/user.type.js';
import {
  ImportCallsInput,
  ImportJobFilter,
  ImportJobOrder,
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
import { summariseImport } from '../../services/integrations/summarise-import.js';
import { encodeId, keyOf } from '../../services/shared/ids/global-id.js';
import type { Row } from '../../services/shared/read/row.js';
import { mutate } from '../shared/mutate.js';

@Resolver(() => ImportJobType)
export class ImportJobResolver {
  @Query(() => ImportJobType, { nullable: true, description: 'One import; null when there is none that you may see.' })
  importJob(@Arg('id', () => ID, { description: 'The import’s id.' }) id: string, @Ctx() { reader }: Context) {
    return reader.byId(importJobs, keyOf('ImportJob', id, ['id']));
  }

  @Query(() => ImportJobConnection, { description: 'The imports that you may see.' })
  importJobs(
    @Args() page: ConnectionArgs,
    @Arg('filter', () => ImportJobFilter, { nullable: true, description: 'Which; all when left out.' })
    filter: ImportJobFilter | null,
    @Arg('orderBy', () => ImportJobOrder, { nullable: true, description: 'The latest first when left out.' })
    orderBy: ImportJobOrder | null,
    @Ctx() { reader }: Context,
  ) {
    return reader.page(importJobs, { ...page, filter, orderBy });
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

  @FieldResolver(() => ID)
  id(@Root() job: Row<ImportJob>) {
    return encodeId('ImportJob', job.id);
  }

  @FieldResolver(() => String, { description: 'Where it stands or what it came to, in one sentence for a person.' })
  summary(@Root() job: Row<ImportJob>) {
    return summariseImport(job);
  }

  @FieldResolver(() => ImportIssueConnection, { description: 'What was wrong with its bad rows, in the file’s order.' })
  issues(@Root() job: Row<ImportJob>, @Args() page: ConnectionArgs, @Ctx() { reader }: Context) {
    return reader.pageOf(importIssues, ['job'], job.id, page);
  }

  @FieldResolver(() => StoredFileType, { nullable: true, description: 'The file that it takes in.' })
  file(@Root() job: Row<ImportJob>, @Ctx() { reader }: Context) {
    return reader.byId(storedFiles, job.file);
  }

  @FieldResolver(() => UserType, {
    nullable: true,
    description: 'Who asked for it; null where it was no user, or none that you may see.',
  })
  requestedBy(@Root() job: Row<ImportJob>, @Ctx() { reader }: Context) {
    return reader.byId(users, job.requestedBy);
  }
}
