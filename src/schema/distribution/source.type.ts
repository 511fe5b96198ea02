import { Field, ID, Int, ObjectType } from 'type-graphql';
import { LONGEST_SOURCE_DESCRIPTION } from '../../services/shared/limits/longest-texts.js';
import { connectionOf } from '../shared/connection.type.js';
import { CountsForText } from '../shared/counts-for.js';
import { DecimalScalar } from '../shared/decimal.scalar.js';
import { NodeType } from '../shared/node.type.js';
import { Instant } from '../shared/scalars.js';

@ObjectType('Source', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'A channel or bot that inquiries come from, and how they are distributed.',
})
export class SourceType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => String, { description: 'Its name; no other source has it, whatever its case.' })
  name!: string;

  @Field(() => String, { description: 'What it is, in words of the organisation’s; may be empty.' })
  @CountsForText(LONGEST_SOURCE_DESCRIPTION)
  description!: string;

  @Field(() => Boolean, {
    description: 'Whether its external ids are a namespace of their own, apart from that of all other sources.',
  })
  ownExternalIds!: boolean;

  @Field(() => Boolean, { description: 'Whether a returning lead goes to the operator who had them, if eligible.' })
  sticky!: boolean;

  @Field(() => Boolean, {
    description: 'Whether its inquiries go only to operators who are present: online or working.',
  })
  asksPresence!: boolean;

  @Field(() => Int, {
    nullable: true,
    description:
      'Within how many seconds an operator accepts an inquiry before it moves on; null: it is theirs at once.',
  })
  acceptWithinSeconds!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Within how many seconds of its registration an inquiry has its first answer; null: whenever.',
  })
  answerWithinSeconds!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many seconds before the deadline of the first answer a warning is given; null: none is.',
  })
  warnBeforeSeconds!: number | null;

  @Field(() => [String], { description: 'Skills that each of its inquiries asks for, in lower case.' })
  skills!: string[];

  @Field(() => Int, { description: 'The priority of its inquiries unless they say another: the higher goes first.' })
  priority!: number;

  @Field(() => Boolean, { description: 'Whether it takes inquiries in over HTTP, signed with its secret.' })
  intakeOpen!: boolean;

  @Field(() => Instant, { nullable: true, description: 'When it was removed: it takes nothing in since then.' })
  removedAt!: string | null;

  @Field(() => Instant, { description: 'When it was made.' })
  createdAt!: string;
}

export const SourceConnection = connectionOf(() => SourceType, 'Source', 'sources');

@ObjectType('SourceWeight', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'That an operator takes inquiries of a source, and with what weight.',
})
export class SourceWeightType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => DecimalScalar, {
    description:
      'Their share among those who are eligible: 10 and 30 mean 25 % and 75 %. With zero, chance never chooses them.',
  })
  weight!: string;
}

export const SourceWeightConnection = connectionOf(() => SourceWeightType, 'SourceWeight', 'weights');
