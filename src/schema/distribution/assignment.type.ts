import { Field, ID, Int, ObjectType } from 'type-graphql';
import { ASSIGNMENT_END_LABELS, AssignmentEnd } from '../../entities/distribution/assignment-end.enum.js';
import { ASSIGNMENT_WAY_LABELS, AssignmentWay } from '../../entities/distribution/assignment-way.enum.js';
import { connectionOf } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { NodeType } from '../shared/node.type.js';
import { Instant } from '../shared/scalars.js';

describeEnum(AssignmentWay, {
  name: 'AssignmentWay',
  description: 'How an inquiry came to its operator.',
  values: {
    CHANCE: 'By weighted chance among those who were eligible.',
    STICKY: 'As a returning lead, to the operator who had them.',
    BY_HAND: 'Somebody gave it to them.',
  },
  labels: ASSIGNMENT_WAY_LABELS,
});

describeEnum(AssignmentEnd, {
  name: 'AssignmentEnd',
  description: 'What ended an assignment.',
  values: {
    CLOSED: 'The inquiry was closed.',
    REJECTED: 'The inquiry was rejected.',
    MOVED: 'Somebody gave the inquiry to another operator.',
    HANDED_BACK: 'Somebody put the inquiry back into the queue.',
    DECLINED: 'The operator declined it.',
    NOT_ACCEPTED: 'The operator did not accept it in time.',
    OPERATOR_LEFT: 'The operator was removed or is not active any more.',
  },
  labels: ASSIGNMENT_END_LABELS,
});

@ObjectType('Assignment', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'That an operator had an inquiry for a time, and how it came to them.',
})
export class AssignmentType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => AssignmentWay, { description: 'How the inquiry came to the operator.' })
  way!: AssignmentWay;

  @Field(() => Int, {
    nullable: true,
    description: 'The operator’s load when it was made, with this inquiry; null where you may not see that.',
  })
  load!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The operator’s limit when it was made; null where you may not see that.',
  })
  maxLoad!: number | null;

  @Field(() => Instant, { description: 'When it was made.' })
  madeAt!: string;

  @Field(() => Instant, {
    nullable: true,
    description: 'Until when it was to be accepted; null where it was the operator’s at once.',
  })
  acceptBy!: string | null;

  @Field(() => Instant, { nullable: true, description: 'When the operator accepted it; null where they did not.' })
  acceptedAt!: string | null;

  @Field(() => Instant, { nullable: true, description: 'When it ended; null while the operator has the inquiry.' })
  endedAt!: string | null;

  @Field(() => AssignmentEnd, {
    nullable: true,
    description: 'What ended it; null while the operator has the inquiry.',
  })
  end!: AssignmentEnd | null;
}

export const AssignmentConnection = connectionOf(() => AssignmentType, 'Assignment', 'assignments');
