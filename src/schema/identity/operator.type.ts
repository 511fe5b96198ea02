import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { WeeklySchedule } from '../../entities/identity/operator.entity.js';
import { connectionOf } from '../shared/connection.type.js';
import { NodeType } from '../shared/node.type.js';
import { Instant, PhoneNumber } from '../shared/scalars.js';

const HIDDEN = 'null unless you see all of this operator.';
const HOURS = '`08:00-18:00` in the organisation’s time zone; null is a day off.';

@ObjectType('WeeklySchedule', { simpleResolvers: true, description: 'The hours of work on each day of the week.' })
export class WeeklyScheduleType implements WeeklySchedule {
  @Field(() => String, { nullable: true, description: `Hours on Mondays, ${HOURS}` })
  MON!: string | null;

  @Field(() => String, { nullable: true, description: `Hours on Tuesdays, ${HOURS}` })
  TUE!: string | null;

  @Field(() => String, { nullable: true, description: `Hours on Wednesdays, ${HOURS}` })
  WED!: string | null;

  @Field(() => String, { nullable: true, description: `Hours on Thursdays, ${HOURS}` })
  THU!: string | null;

  @Field(() => String, { nullable: true, description: `Hours on Fridays, ${HOURS}` })
  FRI!: string | null;

  @Field(() => String, { nullable: true, description: `Hours on Saturdays, ${HOURS}` })
  SAT!: string | null;

  @Field(() => String, { nullable: true, description: `Hours on Sundays, ${HOURS}` })
  SUN!: string | null;
}

@ObjectType('Operator', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'The profile of a user who talks to customers.',
})
export class OperatorType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => String, { description: 'The name that customers see.' })
  alias!: string;

  @Field(() => PhoneNumber, { nullable: true, description: `The number they have now, E.164; ${HIDDEN}` })
  phone!: string | null;

  @Field(() => Int, { nullable: true, description: `How many active inquiries they may have at once; ${HIDDEN}` })
  maxLoad!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `How many active inquiries they have now; above the limit only after it was lowered; ${HIDDEN}`,
  })
  load!: number | null;

  @Field(() => WeeklyScheduleType, {
    nullable: true,
    description: `Their hours of work; null means always, and ${HIDDEN}`,
  })
  schedule!: WeeklySchedule | null;

  @Field(() => [String], { nullable: true, description: `What they are good at, in lower case; ${HIDDEN}` })
  skills!: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: `Whether they take part in the work now: who does not has no inquiries; ${HIDDEN}`,
  })
  active!: boolean | null;

  @Field(() => Instant, { nullable: true, description: 'When they were removed; null for who is there.' })
  removedAt!: string | null;
}

export const OperatorConnection = connectionOf(() => OperatorType, 'Operator', 'operators');
