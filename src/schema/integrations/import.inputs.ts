import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { ImportKind } from '../../entities/integrations/import-kind.enum.js';
import { ImportState } from '../../entities/integrations/import-state.enum.js';
import type { importJobs } from '../../services/integrations/import-job.queries.js';
import type {
  ImportCallsInput as ImportCalls,
  ImportSubscribersInput as ImportSubscribers,
} from '../../services/integrations/request-import.js';
import type { FilterOf, OrderFieldOf } from '../../services/shared/read/readable.js';
import { ConnectionArgs } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { OrderDirection } from '../shared/order-direction.enum.js';
import { Instant } from '../shared/scalars.js';

@InputType({ description: 'Which file of subscribers to take in.' })
export class ImportSubscribersInput implements ImportSubscribers {
  @Field(() => ID, { description: 'The file’s id, as `POST /files` gave it.' })
  fileId!: string;

  @Field(() => Instant, {
    nullable: true,
    description:
      'Since when new contracts, and other SIMs and tariffs of known ones, hold; now when left out, never in the future.',
  })
  validFrom?: Date | null;

  @Field(() => String, { description: 'A repeat with the same key and input gives the first import.' })
  idempotencyKey!: string;
}

@InputType({ description: 'Which file of calls to take in.' })
export class ImportCallsInput implements ImportCalls {
  @Field(() => ID, { description: 'The file’s id, as `POST /files` gave it.' })
  fileId!: string;

  @Field(() => String, { description: 'A repeat with the same key and input gives the first import.' })
  idempotencyKey!: string;
}

export enum ImportJobOrderField {
  CREATED_AT = 'CREATED_AT',
}

describeEnum(ImportJobOrderField, {
  name: 'ImportJobOrderField',
  description: 'What imports are ordered by.',
  values: { CREATED_AT: 'When they were asked for.' },
});

@InputType({ description: 'Which imports; every field given must hold.' })
export class ImportJobFilter implements FilterOf<typeof importJobs> {
  @Field(() => ImportKind, { nullable: true, description: 'Of this kind.' })
  kind?: ImportKind | null;

  @Field(() => ImportState, { nullable: true, description: 'In this state.' })
  state?: ImportState | null;
}

@InputType({ description: 'How imports are ordered.' })
export class ImportJobOrder {
  @Field(() => ImportJobOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof importJobs>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.DESC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of imports. */
@ArgsType()
export class ImportJobListArgs extends ConnectionArgs {
  @Field(() => ImportJobFilter, { nullable: true, description: 'Which; all when left out.' })
  filter?: ImportJobFilter | null;

  @Field(() => ImportJobOrder, { nullable: true, description: 'The latest first when left out.' })
  orderBy?: ImportJobOrder | null;
}
