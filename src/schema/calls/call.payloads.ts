import { Field, Int, ObjectType } from 'type-graphql';
import { describeEnum } from '../shared/describe-enum.js';
import { UserErrorType } from '../shared/user-error.type.js';
import { CallType } from './call.type.js';

export enum RecordCallOutcome {
  RECORDED = 'RECORDED',
  DUPLICATE = 'DUPLICATE',
  BAD = 'BAD',
}

describeEnum(RecordCallOutcome, {
  name: 'RecordCallOutcome',
  description: 'What became of a call of a batch.',
  values: {
    RECORDED: 'It was recorded, and charged where it is due.',
    DUPLICATE: 'It is known already, or stands earlier in the batch; nothing was changed.',
    BAD: 'Nothing of it was kept; its errors say why.',
  },
});

@ObjectType({ description: 'What became of one call of a batch.' })
export class RecordedCall {
  @Field(() => Int, { description: 'Its place in the batch, from 0.' })
  index!: number;

  @Field(() => RecordCallOutcome, { description: 'What became of it.' })
  outcome!: RecordCallOutcome;

  @Field(() => CallType, {
    nullable: true,
    description: 'The call, also where it was known already; null for a bad one, or where you may not see it.',
  })
  call!: object | null;

  @Field(() => [UserErrorType], { description: 'What is wrong with it; empty unless it is bad.' })
  errors!: readonly UserErrorType[];
}

@ObjectType({ description: 'What `recordCalls` answers.' })
export class RecordCallsPayload {
  @Field(() => [RecordedCall], {
    nullable: true,
    description: 'One for each call, in the order of the batch; null when the batch as a whole was refused.',
  })
  calls!: RecordedCall[] | null;

  @Field(() => Int, { nullable: true, description: 'How many were recorded; null when the batch was refused.' })
  recorded!: number | null;

  @Field(() => Int, { nullable: true, description: 'How many were known already; null when the batch was refused.' })
  duplicates!: number | null;

  @Field(() => Int, { nullable: true, description: 'How many were bad; null when the batch was refused.' })
  bad!: number | null;

  @Field(() => [UserErrorType], {
    description: 'Why the batch was refused, or what is wrong with its bad calls while the others count.',
  })
  errors!: readonly UserErrorType[];
}
