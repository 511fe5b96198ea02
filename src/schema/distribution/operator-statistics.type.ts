import { Field, Int, ObjectType } from 'type-graphql';
import type { OperatorStatistics } from '../../services/distribution/operator-statistics.js';
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

@ObjectType('OperatorStatistics', {
  simpleResolvers: true,
  description: 'What an operator did in a period of calendar days, and how busy they are now.',
})
export class OperatorStatisticsType implements Omit<OperatorStatistics, 'operator' | 'load' | 'maxLoad'> {
  @Field(() => String, { description: 'The name that customers see.' })
  alias!: string;

  @Field(() => CalendarDate, FROM)
  from!: string;

  @Field(() => CalendarDate, TO)
  to!: string;

  @Field(COUNT, {
    nullable: true,
    description: 'How many active inquiries they have now; null where you may not see that.',
  })
  load!: number | null;

  @Field(COUNT, {
    nullable: true,
    description: 'How many they may have at once, as it is now; null where you may not see that.',
  })
  maxLoad!: number | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'The load’s share of the limit, to four decimals, half-up; over 1 where the limit was lowered below the load, null for a limit of none and where you may not see that.',
  })
  use!: string | null;

  @Field(COUNT, { description: 'Inquiries that went to them in the period; one that came back counts again.' })
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

  @Field(COUNT, { description: 'Of those assigned in the period, such as they gave the first answer to.' })
  answered!: number;

  @Field(COUNT, { description: 'Of these, answered within the deadline.' })
  answeredInTime!: number;

  @Field(COUNT, { description: 'Of these, answered after it; those without a deadline are in neither.' })
  answeredLate!: number;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'Seconds from the assignment to their first answer, on average, to two decimals, half-up; null when there was none.',
  })
  meanAnswerSeconds!: string | null;

  @Field(COUNT, { description: 'Inquiries of theirs that were closed in the period, whenever they were assigned.' })
  closed!: number;

  @Field(COUNT, { description: 'Inquiries of theirs that were rejected in the period, whenever they were assigned.' })
  rejected!: number;
}

export const OperatorStatisticsConnection = connectionOf(
  () => OperatorStatisticsType,
  'OperatorStatistics',
  'operators’ statistics',
);
