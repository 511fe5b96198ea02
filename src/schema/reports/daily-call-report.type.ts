import { Field, Int, ObjectType } from 'type-graphql';
import type { DailyCallReportRow } from '../../services/reports/daily-call-report.js';
import { DecimalScalar } from '../shared/decimal.scalar.js';
import { MoneyType } from '../shared/money.type.js';
import { CalendarDate } from '../shared/scalars.js';

@ObjectType('DailyCallReportRow', {
  simpleResolvers: true,
  description: 'One day of the report of calls: the calls that began on it, in the organisation’s time zone.',
})
export class DailyCallReportRowType implements DailyCallReportRow {
  @Field(() => CalendarDate, { description: 'The day.' })
  day!: string;

  @Field(() => Int, { description: 'Calls that were answered: completed, or redirected.' })
  answeredCalls!: number;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Their average duration in seconds, to two decimals, half-up; null when there were none.',
  })
  averageSeconds!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The same as minutes and seconds, such as `2:30`; null when there were none.',
  })
  averageDuration!: string | null;

  @Field(() => Int, { description: 'How many different customers and operators called or were called.' })
  activeSubscribers!: number;

  @Field(() => MoneyType, { description: 'What the calls cost those who paid for them.' })
  income!: MoneyType;

  @Field(() => Int, { description: 'Of the answered calls, those with an operator at either end.' })
  operatorCalls!: number;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'Their share of the answered calls, between 0 and 1, to four decimals, half-up; null when there were none.',
  })
  operatorShare!: string | null;
}
