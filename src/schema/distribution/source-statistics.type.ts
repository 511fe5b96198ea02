import { Field, Int, ObjectType } from 'type-graphql';
import type { OperatorShare, SourceFairness } from '../../services/distribution/source-shares.js';
import type { SourceStatistics } from '../../services/distribution/source-statistics.js';
import { connectionOf } from '../shared/connection.type.js';
import { DecimalScalar } from '../shared/decimal.scalar.js';
import { CalendarDate } from '../shared/scalars.js';
import {
  ACCEPTED,
  BY_CHANCE,
  BY_HAND,
  DECLINED,
  FROM,
  NOT_ACCEPTED,
  OFFERED,
  STICKY,
  TO,
} from './statistics.descriptions.js';

const COUNT = () => Int;

/** A share is told to four decimals. */
const share = (of: string) => ({ nullable: true, description: `${of}, between 0 and 1, to four decimals, half-up.` });

@ObjectType('OperatorShare', {
  simpleResolvers: true,
  description: 'What an operator got of a source’s inquiries in a period, beside what the weights say.',
})
export class OperatorShareType implements Omit<OperatorShare, 'operator'> {
  @Field(COUNT, { description: 'Inquiries that chance gave to them.' })
  assignedByChance!: number;

  @Field(COUNT, {
    description:
      'How often chance drew them just when another inquiry took their last place: another number was drawn then.',
  })
  lostDraws!: number;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'How often chance was to draw them by the weights, lost draws included: in each draw, their weight’s share among those who were eligible then, added up; four decimals. Null where you may not see weights.',
  })
  expected!: string | null;

  @Field(() => DecimalScalar, share('Their share of all that chance gave; null when it gave none'))
  share!: string | null;

  @Field(
    () => DecimalScalar,
    share('The share that was expected; null when chance gave none, and where you may not see weights'),
  )
  expectedShare!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'Their weight now; null for who does not take the source’s inquiries any more, and where you may not see weights.',
  })
  weight!: string | null;

  @Field(
    () => DecimalScalar,
    share(
      'Their share of all weights as these are now, were everybody eligible; null without a weight that you may see',
    ),
  )
  weightShare!: string | null;

  @Field(COUNT, { description: 'Beside these, inquiries of returning leads whom they had before.' })
  assignedSticky!: number;

  @Field(COUNT, { description: 'Beside these, inquiries that somebody gave to them by hand.' })
  assignedByHand!: number;

  @Field(COUNT, { description: 'Of all these, such as were to be accepted within a time.' })
  offered!: number;

  @Field(COUNT, ACCEPTED)
  accepted!: number;

  @Field(COUNT, DECLINED)
  declined!: number;

  @Field(COUNT, NOT_ACCEPTED)
  notAccepted!: number;
}

@ObjectType('Fairness', {
  simpleResolvers: true,
  description: 'How far what chance gave is from what the weights say: a chi-squared test.',
})
export class FairnessType implements SourceFairness {
  @Field(() => DecimalScalar, {
    description:
      'The chi-squared figure, four decimals: the sum of (drawn − expected)² ÷ expected where all choices were among the same operators, and its generalisation by the chances of each choice where they were not.',
  })
  figure!: string;

  @Field(COUNT, {
    description:
      'One less than there are operators who competed for inquiries; of more than 50, neighbours are taken together.',
  })
  degreesOfFreedom!: number;

  @Field(() => DecimalScalar, {
    description: 'How probable a figure this great is while the choice is fair, between 0 and 1, to four decimals.',
  })
  probability!: string;

  @Field(() => DecimalScalar, { description: 'What the figure of a fair choice stays within 99 times of 100.' })
  bound!: string;

  @Field(() => Boolean, { description: 'Whether the figure is within that bound: of fair choices, one in 100 is not.' })
  within!: boolean;

  @Field(() => Boolean, {
    description: 'Whether each operator was to get five inquiries at least: with fewer the figure says little.',
  })
  enough!: boolean;
}

@ObjectType('SourceStatistics', {
  simpleResolvers: true,
  description: 'What came in through a source in a period of calendar days, and to whom it went.',
})
export class SourceStatisticsType implements Omit<SourceStatistics, 'source' | 'sums'> {
  @Field(() => String, { description: 'The source’s name.' })
  name!: string;

  @Field(() => CalendarDate, FROM)
  from!: string;

  @Field(() => CalendarDate, TO)
  to!: string;

  @Field(COUNT, { description: 'Inquiries that came in.' })
  registered!: number;

  @Field(COUNT, { description: 'Of these, such as had a first answer.' })
  answered!: number;

  @Field(COUNT, { description: 'Of these, answered within the deadline.' })
  answeredInTime!: number;

  @Field(COUNT, { description: 'Of these, answered after it; those without a deadline are in neither.' })
  answeredLate!: number;

  @Field(COUNT, {
    description: 'Of those that came in, such as have no answer though the deadline passed while they were open.',
  })
  overdue!: number;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'Seconds from the registration to the first answer, on average, to two decimals, half-up; null when there was none.',
  })
  meanAnswerSeconds!: string | null;

  @Field(COUNT, { description: 'Inquiries that wait for an operator now.' })
  waiting!: number;

  @Field(COUNT, { description: 'How often an inquiry went to an operator in the period.' })
  assigned!: number;

  @Field(COUNT, BY_CHANCE)
  assignedByChance!: number;

  @Field(COUNT, STICKY)
  assignedSticky!: number;

  @Field(COUNT, BY_HAND)
  assignedByHand!: number;

  @Field(COUNT, OFFERED)
  offered!: number;

  @Field(COUNT, ACCEPTED)
  accepted!: number;

  @Field(COUNT, DECLINED)
  declined!: number;

  @Field(COUNT, NOT_ACCEPTED)
  notAccepted!: number;
}

export const SourceStatisticsConnection = connectionOf(
  () => SourceStatisticsType,
  'SourceStatistics',
  'sources’ statistics',
);
