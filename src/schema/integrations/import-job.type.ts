import { Field, ID, Int, ObjectType } from 'type-graphql';
import { IMPORT_KIND_LABELS, ImportKind } from '../../entities/integrations/import-kind.enum.js';
import { IMPORT_STATE_LABELS, ImportState } from '../../entities/integrations/import-state.enum.js';
import { connectionOf } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { NodeType } from '../shared/node.type.js';
import { Instant } from '../shared/scalars.js';

describeEnum(ImportKind, {
  name: 'ImportKind',
  description: 'What an import brings in.',
  values: {
    SUBSCRIBERS: 'Customers with their numbers, SIMs, tariffs and opening deposits.',
    CALLS: 'Calls that an exchange recorded, to be rated and charged.',
  },
  labels: IMPORT_KIND_LABELS,
});

describeEnum(ImportState, {
  name: 'ImportState',
  description: 'How far an import is.',
  values: {
    QUEUED: 'Waiting for a worker.',
    RUNNING: 'Rows are being taken in.',
    DONE: 'Every row was gone through.',
    FAILED: 'It ended before the last row; `failure` says why. What was taken in stays.',
  },
  labels: IMPORT_STATE_LABELS,
});

@ObjectType('ImportJob', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'The taking in of a file, row by row; it survives a restart.',
})
export class ImportJobType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => ImportKind, { description: 'What it brings in.' })
  kind!: ImportKind;

  @Field(() => ImportState, { description: 'How far it is.' })
  state!: ImportState;

  @Field(() => Instant, { description: 'Since when what it registers holds.' })
  validFrom!: string;

  @Field(() => Int, { nullable: true, description: 'Rows of the file; null before they were counted.' })
  totalRows!: number | null;

  @Field(() => Int, { description: 'Rows gone through so far, bad ones too.' })
  doneRows!: number;

  @Field(() => Int, { description: 'Rows that brought something new.' })
  createdRows!: number;

  @Field(() => Int, { description: 'Rows that changed what was there.' })
  updatedRows!: number;

  @Field(() => Int, { description: 'Rows that were there already.' })
  unchangedRows!: number;

  @Field(() => Int, { description: 'Rows that could not be taken in; `issues` says why.' })
  badRows!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Why it could not be taken in to its end; null unless it FAILED.',
  })
  failure!: string | null;

  @Field(() => Instant, { description: 'When it was asked for.' })
  createdAt!: string;

  @Field(() => Instant, { nullable: true, description: 'When the first row was taken in hand; null before.' })
  startedAt!: string | null;

  @Field(() => Instant, { nullable: true, description: 'When it was done or had failed; null before.' })
  finishedAt!: string | null;
}

export const ImportJobConnection = connectionOf(() => ImportJobType, 'ImportJob', 'imports');
