import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import type { WeeklySchedule } from '../../entities/identity/operator.entity.js';
import type { ChangeOperator } from '../../services/identity/change-operator.js';
import type { ChangeOperatorLimit } from '../../services/identity/change-operator-limit.js';
import type { operators } from '../../services/identity/operator.queries.js';
import type { RegisterOperator } from '../../services/identity/register-operator.js';
import type { RemoveOperator } from '../../services/identity/remove-operator.js';
import type { FilterOf, OrderFieldOf } from '../../services/shared/read/readable.js';
import { ConnectionArgs } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { OrderDirection } from '../shared/order-direction.enum.js';

const WHOLE = 'Only operators of whom you see all are found.';

export enum OperatorOrderField {
  ALIAS = 'ALIAS',
}

describeEnum(OperatorOrderField, {
  name: 'OperatorOrderField',
  description: 'What operators are ordered by.',
  values: { ALIAS: 'The name that customers see.' },
});

@InputType({ description: 'Which operators; every field given must hold.' })
export class OperatorFilter implements FilterOf<typeof operators> {
  @Field(() => String, { nullable: true, description: 'With this text in the alias, whatever its case.' })
  alias?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Those who were removed, or those who were not; null for both.',
  })
  removed?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: `Active, or not. ${WHOLE}` })
  active?: boolean | null;

  @Field(() => String, { nullable: true, description: `With this number, in any usual form. ${WHOLE}` })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: `With this skill, whatever its case. ${WHOLE}` })
  skill?: string | null;
}

@InputType({ description: 'How operators are ordered.' })
export class OperatorOrder {
  @Field(() => OperatorOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof operators>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of operators. */
@ArgsType()
export class OperatorListArgs extends ConnectionArgs {
  @Field(() => OperatorFilter, { defaultValue: { removed: false }, description: 'Which.' })
  filter!: OperatorFilter;

  @Field(() => OperatorOrder, { nullable: true, description: 'By alias when left out.' })
  orderBy?: OperatorOrder | null;
}

const HOURS =
  '`08:00-18:00` in the organisation’s time zone, `24:00` for the end of a day; null or left out is a day off.';

@InputType({ description: 'The hours of work on each day of the week.' })
export class WeeklyScheduleInput implements WeeklySchedule {
  @Field(() => String, { nullable: true, description: `Hours on Mondays, ${HOURS}` })
  MON?: string | null;

  @Field(() => String, { nullable: true, description: `Hours on Tuesdays, ${HOURS}` })
  TUE?: string | null;

  @Field(() => String, { nullable: true, description: `Hours on Wednesdays, ${HOURS}` })
  WED?: string | null;

  @Field(() => String, { nullable: true, description: `Hours on Thursdays, ${HOURS}` })
  THU?: string | null;

  @Field(() => String, { nullable: true, description: `Hours on Fridays, ${HOURS}` })
  FRI?: string | null;

  @Field(() => String, { nullable: true, description: `Hours on Saturdays, ${HOURS}` })
  SAT?: string | null;

  @Field(() => String, { nullable: true, description: `Hours on Sundays, ${HOURS}` })
  SUN?: string | null;
}

const LIMIT = 'How many active inquiries they may have at once, 0 to 10,000';

@InputType({ description: 'An operator to be made known; the e-mail says whether they are already.' })
export class RegisterOperatorInput implements RegisterOperator {
  @Field(() => String, { description: 'The name that customers see.' })
  alias!: string;

  @Field(() => String, { description: 'Last name, first name and, where there is one, patronymic.' })
  fullName!: string;

  @Field(() => String, {
    description: 'What they sign in with: the same e-mail, whatever its case, is the same operator.',
  })
  email!: string;

  @Field(() => String, { description: 'Their number, in any usual form; theirs from now on.' })
  phone!: string;

  @Field(() => Int, { description: `${LIMIT}.` })
  maxLoad!: number;

  @Field(() => WeeklyScheduleInput, {
    nullable: true,
    description: 'Their hours of work; always when null or left out.',
  })
  schedule?: WeeklyScheduleInput | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'What they are good at, the same whatever its case; none when left out, or for who is known what they have.',
  })
  skills?: string[] | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The group that they are to be in; none when left out, or for who is known the one that they are in.',
  })
  groupId?: string | null;
}

@InputType({ description: 'What to change of an operator; what is left out stays.' })
export class ChangeOperatorInput implements ChangeOperator {
  @Field(() => ID, { description: 'Which operator.' })
  operatorId!: string;

  @Field(() => String, { nullable: true, description: 'The name that customers see.' })
  alias?: string | null;

  @Field(() => String, { nullable: true, description: 'Another number from now on, in any usual form; null for none.' })
  phone?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `${LIMIT}; lowered below the load, it takes nothing away and adds nothing.`,
  })
  maxLoad?: number | null;

  @Field(() => WeeklyScheduleInput, { nullable: true, description: 'All of their hours of work; null for always.' })
  schedule?: WeeklyScheduleInput | null;

  @Field(() => [String], { nullable: true, description: 'All that they are good at, the same whatever its case.' })
  skills?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether they take part in the work; false puts all that they have open back into the queue.',
  })
  active?: boolean | null;
}

@InputType({ description: 'How much an operator may have at once.' })
export class ChangeOperatorLimitInput implements ChangeOperatorLimit {
  @Field(() => ID, { description: 'Which operator.' })
  operatorId!: string;

  @Field(() => Int, { description: `${LIMIT}; lowered below the load, it takes nothing away and adds nothing.` })
  maxLoad!: number;
}

@InputType({ description: 'Who is to be no operator any more.' })
export class RemoveOperatorInput implements RemoveOperator {
  @Field(() => ID, { description: 'Which operator.' })
  operatorId!: string;
}
