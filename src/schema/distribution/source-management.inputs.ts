import { Field, ID, InputType, Int } from 'type-graphql';
import type { ChangeSource } from '../../services/distribution/change-source.js';
import type { CreateSource } from '../../services/distribution/create-source.js';
import type { RemoveSource } from '../../services/distribution/remove-source.js';
import type { RemoveSourceOperator } from '../../services/distribution/remove-source-operator.js';
import type { SetSourceWeight } from '../../services/distribution/set-source-weight.js';
import { DecimalScalar } from '../shared/decimal.scalar.js';

const NAME =
  'Its name, at most 100 characters; no other source has it, whatever its case, but for those that were removed.';
const DESCRIPTION = 'What it is, at most 2,000 characters.';
const STICKY = 'Whether a returning lead goes to the operator who had them, if eligible.';
const PRESENCE = 'Whether its inquiries go only to operators who are present: online or working.';
const ACCEPT = 'Within how many seconds an operator accepts an inquiry before it moves on, up to 30 days';
const ANSWER = 'Within how many seconds of its registration an inquiry has its first answer, up to 30 days';
const WARN = 'How many seconds before that deadline it is warned of; fewer than the deadline has';
const SKILLS =
  'Skills that each of its inquiries asks for, at most 20 of 50 characters each, the same whatever their case; kept in lower case';
const PRIORITY = 'The priority of its inquiries unless they say another, from -100 to 100: the higher goes first';

@InputType({ description: 'A source to be made.' })
export class CreateSourceInput implements CreateSource {
  @Field(() => String, { description: NAME })
  name!: string;

  @Field(() => String, { nullable: true, description: DESCRIPTION })
  description?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether its external ids are a namespace of their own, apart from that of all other sources; false when left out.',
  })
  ownExternalIds?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: `${STICKY} False when left out.` })
  sticky?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: `${PRESENCE} False when left out.` })
  asksPresence?: boolean | null;

  @Field(() => Int, { nullable: true, description: `${ACCEPT}; when left out, it is theirs at once.` })
  acceptWithinSeconds?: number | null;

  @Field(() => Int, { nullable: true, description: `${ANSWER}; when left out, there is no deadline.` })
  answerWithinSeconds?: number | null;

  @Field(() => Int, { nullable: true, description: `${WARN}; no warning when left out.` })
  warnBeforeSeconds?: number | null;

  @Field(() => [String], { nullable: true, description: `${SKILLS}; none when left out.` })
  skills?: string[] | null;

  @Field(() => Int, { nullable: true, description: `${PRIORITY}; 0 when left out.` })
  priority?: number | null;
}

@InputType({
  description:
    'What to change of a source; what is left out stays. Its skills, priority and the deadline of an answer concern what comes in from then on; the others also what is assigned from then on.',
})
export class ChangeSourceInput implements ChangeSource {
  @Field(() => ID, { description: 'Which source; not one that was removed.' })
  sourceId!: string;

  @Field(() => String, { nullable: true, description: NAME })
  name?: string | null;

  @Field(() => String, { nullable: true, description: `${DESCRIPTION} Empty for nothing.` })
  description?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether its external ids are a namespace of their own, apart from that of all other sources; it cannot be changed any more once an inquiry with an external id came in.',
  })
  ownExternalIds?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: STICKY })
  sticky?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: PRESENCE })
  asksPresence?: boolean | null;

  @Field(() => Int, { nullable: true, description: `${ACCEPT}; null: it is theirs at once.` })
  acceptWithinSeconds?: number | null;

  @Field(() => Int, { nullable: true, description: `${ANSWER}; null: there is no deadline.` })
  answerWithinSeconds?: number | null;

  @Field(() => Int, { nullable: true, description: `${WARN}; null: no warning.` })
  warnBeforeSeconds?: number | null;

  @Field(() => [String], { nullable: true, description: `${SKILLS}; in place of those that it asked for.` })
  skills?: string[] | null;

  @Field(() => Int, { nullable: true, description: `${PRIORITY}.` })
  priority?: number | null;
}

@InputType({ description: 'A source to be removed.' })
export class RemoveSourceInput implements RemoveSource {
  @Field(() => ID, { description: 'Which source; none of its inquiries may be active.' })
  sourceId!: string;
}

@InputType({ description: 'What weight an operator is to have in a source.' })
export class SetSourceWeightInput implements SetSourceWeight {
  @Field(() => ID, { description: 'Which source.' })
  sourceId!: string;

  @Field(() => ID, { description: 'Which operator; a supervisor only those of groups that they answer for.' })
  operatorId!: string;

  @Field(() => DecimalScalar, {
    description:
      'From 0 to 1,000,000, with at most six decimals: 10 and 30 mean 25 % and 75 %. With zero, chance never chooses them.',
  })
  weight!: string;
}

@InputType({ description: 'An operator who is to take inquiries of a source no more.' })
export class RemoveSourceOperatorInput implements RemoveSourceOperator {
  @Field(() => ID, { description: 'Which source.' })
  sourceId!: string;

  @Field(() => ID, { description: 'Which operator; a supervisor only those of groups that they answer for.' })
  operatorId!: string;
}
