import { Field, ObjectType } from 'type-graphql';
import { AssignmentWay } from '../../entities/distribution/assignment-way.enum.js';
import { CANDIDATE_STATE_LABELS, CandidateState } from '../../entities/distribution/candidate-state.enum.js';
import type { AssignmentExplanation, ExplainedCandidate } from '../../services/distribution/explain-assignment.js';
import type { Candidate } from '../../services/distribution/read-candidates.js';
import { MOST_OPERATORS } from '../../services/shared/limits/most-operators.js';
import { CountsFor } from '../shared/counts-for.js';
import { DecimalScalar } from '../shared/decimal.scalar.js';
import { describeEnum } from '../shared/describe-enum.js';

/** Operators of one source: tens mostly, but as many as may be. */
export const CANDIDATES_COUNT_FOR = MOST_OPERATORS;

describeEnum(CandidateState, {
  name: 'CandidateState',
  description: 'Whether an operator could take an inquiry, or what stood in the way first.',
  values: {
    ELIGIBLE: 'Could take it: chance chose among these.',
    INACTIVE: 'Was not active, or their user was not.',
    ZERO_WEIGHT: 'Had weight zero: chance never chooses them.',
    LACKS_SKILL: 'Lacked a skill that was asked for.',
    OUT_OF_HOURS: 'Was out of their hours.',
    ABSENT: 'Was not present, which the source asks for.',
    AT_LIMIT: 'Had as many inquiries as they may.',
    AWAITED: 'Was awaited by an inquiry that had come before, of whatever source: that gets them first.',
    PASSED_OVER:
      'Had let this inquiry pass, or handed it back, just before, or more often than somebody else who could take it.',
  },
  labels: CANDIDATE_STATE_LABELS,
});

@ObjectType('Candidate', {
  simpleResolvers: true,
  description: 'An operator of a source, and whether they could take an inquiry through it now.',
})
export class CandidateType implements Omit<Candidate, 'operator'> {
  @Field(() => DecimalScalar, { description: 'Their weight in the source.' })
  weight!: string;

  @Field(() => CandidateState, { description: 'Whether they could take it, or what stands in the way first.' })
  state!: CandidateState;

  @Field(() => DecimalScalar, {
    description: 'The chance that it goes to them, between 0 and 1, to six decimals; 0 for who is not eligible.',
  })
  share!: string;
}

@ObjectType('ExplainedCandidate', {
  simpleResolvers: true,
  description: 'An operator of the source as they stood when an inquiry was assigned.',
})
export class ExplainedCandidateType implements Omit<ExplainedCandidate, 'operator'> {
  @Field(() => DecimalScalar, { description: 'Their weight in the source then.' })
  weight!: string;

  @Field(() => CandidateState, { description: 'Whether they could take it, or what stood in the way first.' })
  state!: CandidateState;

  @Field(() => DecimalScalar, {
    description: 'Their chance among the eligible, between 0 and 1, to six decimals; 0 for who was not eligible.',
  })
  share!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Where their part of the total weight begins; null for who was not eligible.',
  })
  from!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Where it ends: the first point that is not theirs; null for who was not eligible.',
  })
  until!: string | null;

  @Field(() => Boolean, { description: 'Whether the replay comes to them.' })
  chosen!: boolean;
}

@ObjectType('AssignmentExplanation', {
  simpleResolvers: true,
  description:
    'How an inquiry came to its operator, replayed from what is stored: of the total weight of all who were eligible, each had a part as wide as their weight, and the draw fell into the part of one.',
})
export class AssignmentExplanationType implements Omit<AssignmentExplanation, 'candidates' | 'replayedOperator'> {
  @Field(() => AssignmentWay, {
    description:
      'By chance; or as a returning lead to who had them before, which stands with it, and for which nothing is drawn.',
  })
  way!: AssignmentWay;

  @Field(() => String, {
    nullable: true,
    description: 'The number drawn, of 2^53 equally likely ones from 0 on, as text; null where nothing was drawn.',
  })
  draw!: string | null;

  @Field(() => DecimalScalar, { description: 'The weights of all who were eligible, added up.' })
  totalWeight!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Where the draw falls: draw ÷ 2^53 × total weight, exactly; null where nothing was drawn.',
  })
  point!: string | null;

  @Field(() => [ExplainedCandidateType], {
    description: 'All operators of the source as they stood then, in the order of their parts.',
  })
  @CountsFor(CANDIDATES_COUNT_FOR)
  candidates!: ExplainedCandidateType[];

  @Field(() => Boolean, {
    description:
      'Whether the replay comes to the operator who was assigned: always, or what is stored was tampered with.',
  })
  agrees!: boolean;
}
