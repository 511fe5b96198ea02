import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import { DailyCallReportRowType } from '../../schema/reports/daily-call-report.type.js';
import { CalendarDate } from '../../schema/shared/scalars.js';
import { readDailyCallReport } from '../../services/reports/daily-call-report.js';
import { LONGEST_REPORT_DAYS } from '../../services/reports/report-period.js';

@Resolver()
export class DailyCallReportResolver {
  @Query(() => [DailyCallReportRowType], {
    description: `The answered calls of each day of a period of at most ${LONGEST_REPORT_DAYS} days, days without calls too: all calls, or an operator’s own.`,
  })
  dailyCallReport(
    @Arg('from', () => CalendarDate, { description: 'The first day.' }) from: string,
    @Arg('to', () => CalendarDate, { description: 'The last day, itself included.' }) to: string,
    @Ctx() { reader, database }: Context,
  ) {
    return readDailyCallReport(database, database.settings.currency, reader.scope, { from, to });
  }
}
