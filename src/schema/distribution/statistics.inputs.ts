import { ArgsType, Field } from 'type-graphql';
import { ConnectionArgs } from '../shared/connection.type.js';
import { CalendarDate } from '../shared/scalars.js';

/** The arguments of every list of statistics: a page of it, and the period that they are of. */
@ArgsType()
export class StatisticsListArgs extends ConnectionArgs {
  @Field(() => CalendarDate, { description: 'The first day.' })
  from!: string;

  @Field(() => CalendarDate, { description: 'The last day, itself included.' })
  to!: string;
}
