import { sql } from 'kysely';
import { instantsOf, type ReportPeriod, readReportPeriod } from '../reports/report-period.js';
import { rightsOf } from '../shared/access/rights.js';
import type { SqlExecutor } from '../shared/database/sql-executor.js';
import type { Reader } from '../shared/read/reader.js';
import { allHold, conditionsOf } from '../shared/read/visibility.js';
import { meanText } from './figures.js';
import { type AssignmentSums, assignmentSums, type InquirySums, inquirySums } from './source-sums.js';
import { countedSources } from './statistics.policy.js';

/** What came in through a source in a period, and to whom it went. */
export interface SourceStatistics extends ReportPeriod, Omit<InquirySums, 'answerSeconds'> {
  /** The source's key. */
  readonly source: string;
  readonly name: string;
  /** From the registration to the first answer, two decimals, half-up; null where nothing was answered. */
  readonly meanAnswerSeconds: string | null;
  /** Of the assignments that were made in the period. */
  readonly assigned: number;
  readonly assignedByChance: number;
  readonly assignedSticky: number;
  readonly assignedByHand: number;
  /** Such as were to be accepted; then what became of those: the last two moved on. */
  readonly offered: number;
  readonly accepted: number;
  readonly declined: number;
  readonly notAccepted: number;
  /** What the shares of operators are worked out of. */
  readonly sums: AssignmentSums;
}

const NO_ASSIGNMENTS: AssignmentSums = { operators: [], choices: [] };

/**
 * The statistics of a source over calendar days of the organisation (requirements, part 7).
 *
 * @param source the source's key
 * @returns null for a source whose statistics the actor does not see
 * @throws Refusal with BAD_USER_INPUT on `from` or `to` for a period that is none
 */
export async function readSourceStatistics(
  source: string,
  input: { readonly from?: unknown; readonly to?: unknown },
  reader: Reader,
): Promise<SourceStatistics | null> {
  const period = readReportPeriod(input);
  const found = await reader.worked(`Source.statistics.${period.from}.${period.to}`, source, (keys, db) =>
    countBySource(keys, period, db, reader),
  );
  return found ?? null;
}

async function countBySource(
  keys: readonly string[],
  period: ReportPeriod,
  db: SqlExecutor,
  { scope }: Reader,
): Promise<Map<string, SourceStatistics>> {
  const counted = await db.rows(sql<{ source: string; name: string }>`
    select t.id as source, t.name from source t
    where t.id = any(${[...keys]}::bigint[]) and ${allHold(conditionsOf(countedSources(rightsOf(scope.actor))))}`);
  if (counted.length === 0) return new Map();
  const sources = counted.map(({ source }) => source);
  const instants = instantsOf(period, scope.calendar);
  const [assignments, inquiries] = await Promise.all([
    assignmentSums(sources, instants, db),
    inquirySums(sources, instants, db),
  ]);
  return new Map(
    counted.map(({ source, name }) => {
      const sums = assignments.get(source) ?? NO_ASSIGNMENTS;
      const { answerSeconds, ...registered } = inquiries.get(source)!;
      const meanAnswerSeconds = meanText(answerSeconds, registered.answered);
      return [source, { ...period, source, name, ...registered, meanAnswerSeconds, ...totalsOf(sums), sums }];
    }),
  );
}

function totalsOf({ operators }: AssignmentSums) {
  const total = (count: keyof Omit<AssignmentSums['operators'][number], 'operator'>) =>
    operators.reduce((sum, one) => sum + one[count], 0);
  const ways = {
    assignedByChance: total('byChance'),
    assignedSticky: total('sticky'),
    assignedByHand: total('byHand'),
  };
  return {
    ...ways,
    assigned: ways.assignedByChance + ways.assignedSticky + ways.assignedByHand,
    offered: total('offered'),
    accepted: total('accepted'),
    declined: total('declined'),
    notAccepted: total('notAccepted'),
  };
}
