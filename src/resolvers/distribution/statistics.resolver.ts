import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { Source } from '../../entities/distribution/source.entity.js';
import type { Operator } from '../../entities/identity/operator.entity.js';
import { CANDIDATES_COUNT_FOR } from '../../schema/distribution/explanation.type.js';
import {
  OperatorStatisticsConnection,
  OperatorStatisticsType,
} from '../../schema/distribution/operator-statistics.type.js';
import { SourceType } from '../../schema/distribution/source.type.js';
import {
  FairnessType,
  OperatorShareType,
  SourceStatisticsConnection,
  SourceStatisticsType,
} from '../../schema/distribution/source-statistics.type.js';
import { StatisticsListArgs } from '../../schema/distribution/statistics.inputs.js';
import { OperatorType } from '../../schema/identity/operator.type.js';
import { CountsFor } from '../../schema/shared/counts-for.js';
import { CalendarDate } from '../../schema/shared/scalars.js';
import { readOperatorStatistics } from '../../services/distribution/operator-statistics.js';
import { LOAD_SHOWN } from '../../services/distribution/source.policy.js';
import { sources } from '../../services/distribution/source.queries.js';
import { readSourceFairness, readSourceShares } from '../../services/distribution/source-shares.js';
import { readSourceStatistics, type SourceStatistics } from '../../services/distribution/source-statistics.js';
import { operatorsOfStatistics, sourcesOfStatistics } from '../../services/distribution/statistics.queries.js';
import { operators } from '../../services/identity/operator.queries.js';
import { readReportPeriod } from '../../services/reports/report-period.js';
import { shown } from '../../services/shared/read/reads/shown.js';
import { parent } from '../../services/shared/read/reads/to-one.js';
import { column, idOf } from '../../services/shared/read/reads/values.js';
import type { Row } from '../../services/shared/read/row.js';
import { Declares } from '../shared/declares.js';

/** What one period is gone over for, in objects. */
const PERIOD_COUNTS_FOR = 100;
const PERIOD = 'over a period of at most 366 calendar days';
const FROM = { description: 'The first day.' };
const TO = { description: 'The last day, itself included.' };

@Resolver(() => OperatorType)
export class OperatorStatisticsOfOneResolver {
  @FieldResolver(() => OperatorStatisticsType, {
    nullable: true,
    description: `What this operator did, ${PERIOD}; null where you may not see that.`,
  })
  @CountsFor(PERIOD_COUNTS_FOR)
  statistics(
    @Root() { id }: Row<Operator>,
    @Arg('from', () => CalendarDate, FROM) from: string,
    @Arg('to', () => CalendarDate, TO) to: string,
    @Ctx() { reader }: Context,
  ) {
    return readOperatorStatistics(id, { from, to }, reader);
  }
}

@Resolver(() => OperatorStatisticsType)
export class OperatorStatisticsResolver {
  @Query(() => OperatorStatisticsConnection, {
    description: `What each operator did, ${PERIOD}, by alias: of all, or an operator’s own.`,
  })
  @CountsFor(PERIOD_COUNTS_FOR)
  async operatorStatistics(@Args() { from, to, ...list }: StatisticsListArgs, @Ctx() { reader }: Context) {
    const period = readReportPeriod({ from, to });
    const page = await reader.page(operatorsOfStatistics, list);
    return page.with(
      await Promise.all(page.nodes.map(async ({ id }) => (await readOperatorStatistics(id, period, reader))!)),
    );
  }

  @FieldResolver(() => ID, { description: 'The operator’s id.' })
  @Declares()
  operatorId() {
    return idOf('Operator', 'operator');
  }

  @FieldResolver(() => OperatorType, { nullable: true, description: 'Who; null where you may not see them.' })
  @Declares()
  operator() {
    return parent(operators, 'operator');
  }
  @FieldResolver()
  @Declares()
  load() {
    return shown(LOAD_SHOWN, column('load'));
  }

  @FieldResolver()
  @Declares()
  maxLoad() {
    return shown(LOAD_SHOWN, column('maxLoad'));
  }

  @FieldResolver()
  @Declares()
  use() {
    return shown(LOAD_SHOWN, column('use'));
  }
}

@Resolver(() => OperatorShareType)
export class OperatorShareResolver {
  @FieldResolver(() => ID, { description: 'The operator’s id.' })
  @Declares()
  operatorId() {
    return idOf('Operator', 'operator');
  }

  @FieldResolver(() => OperatorType, { nullable: true, description: 'Who; null where you may not see them.' })
  @Declares()
  operator() {
    return parent(operators, 'operator');
  }
}

@Resolver(() => SourceType)
export class SourceStatisticsOfOneResolver {
  @FieldResolver(() => SourceStatisticsType, {
    nullable: true,
    description: `What came in through it and to whom it went, ${PERIOD}; null where you may not see that.`,
  })
  @CountsFor(PERIOD_COUNTS_FOR)
  statistics(
    @Root() { id }: Row<Source>,
    @Arg('from', () => CalendarDate, FROM) from: string,
    @Arg('to', () => CalendarDate, TO) to: string,
    @Ctx() { reader }: Context,
  ) {
    return readSourceStatistics(id, { from, to }, reader);
  }
}

@Resolver(() => SourceStatisticsType)
export class SourceStatisticsResolver {
  @Query(() => SourceStatisticsConnection, {
    description: `What came in through each source and to whom it went, ${PERIOD}, by name; those that were removed too.`,
  })
  @CountsFor(PERIOD_COUNTS_FOR)
  async sourceStatistics(@Args() { from, to, ...list }: StatisticsListArgs, @Ctx() { reader }: Context) {
    const period = readReportPeriod({ from, to });
    const page = await reader.page(sourcesOfStatistics, list);
    return page.with(
      await Promise.all(page.nodes.map(async ({ id }) => (await readSourceStatistics(id, period, reader))!)),
    );
  }

  @FieldResolver(() => ID, { description: 'The source’s id.' })
  @Declares()
  sourceId() {
    return idOf('Source', 'source');
  }

  @FieldResolver(() => SourceType, { nullable: true, description: 'The source; null where you may not see it.' })
  @Declares()
  source() {
    return parent(sources, 'source');
  }

  @FieldResolver(() => [OperatorShareType], {
    description: 'Who got how many, beside what the weights say: all who did or could have, or take its inquiries now.',
  })
  @CountsFor(CANDIDATES_COUNT_FOR)
  operators(@Root() statistics: SourceStatistics, @Ctx() { reader }: Context) {
    return readSourceShares(statistics, reader);
  }

  @FieldResolver(() => FairnessType, {
    nullable: true,
    description:
      'Whether chance gave them what the weights say; null where no choice was among several operators, and where you may not see weights.',
  })
  fairness(@Root() statistics: SourceStatistics, @Ctx() { reader }: Context) {
    return readSourceFairness(statistics, reader);
  }
}
