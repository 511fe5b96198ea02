import { sql } from 'kysely';
import type { Database } from '../../src/services/shared/database/database.js';

type Schedule = Record<string, string | null> | null;

/** Somebody who takes inquiries of a source. */
interface Candidate {
  readonly source_id: string;
  readonly operator_id: string;
  readonly weight: number;
  readonly active: boolean;
  readonly skills: readonly string[];
  readonly schedule: Schedule;
  readonly presence: string;
  readonly load: number;
  readonly max_load: number;
}

/** Inquiries of one source that wait and ask for the same skills. */
interface Waiting {
  readonly source_id: string;
  readonly skills: readonly string[];
  readonly asks_presence: boolean;
  readonly count: number;
}

/**
 * What of the distribution of a database is not as it must be whatever ran, one sentence each; none when all is well.
 *
 * @param resting whether nothing is under way, so that nobody may wait whom somebody free could take
 */
export async function distributionFaults(database: Database, { resting = true } = {}): Promise<string[]> {
  const faults = await Promise.all([
    faultsOfLoads(database),
    faultsOfTurns(database),
    faultsOfInquiries(database),
    faultsOfVersions(database),
    resting ? faultsOfWaiting(database) : [],
  ]);
  return faults.flat();
}

/** An operator's load is the number of their active inquiries. */
async function faultsOfLoads(database: Database): Promise<string[]> {
  const rows = await database.rows(sql<{ id: string; load: number; active: number; open: number }>`
    select o.id, o.load, i.count as active, a.count as open from operator o
    cross join lateral (select count(*)::integer from inquiry i where i.operator_id = o.id and i.status = 'ACTIVE') i
    cross join lateral (select count(*)::integer from assignment a where a.operator_id = o.id and a.ended_at is null) a
    where o.load <> i.count or o.load <> a.count`);
  return rows.map(
    ({ id, load, active, open }) => `operator ${id} has load ${load}, ${active} active inquiries, ${open} assignments`,
  );
}

/** Replays what each operator got and gave back: what they had at each assignment is what it says, and within the limit. */
async function faultsOfTurns(database: Database): Promise<string[]> {
  const rows = await database.rows(sql<{
    operator_id: string;
    turn: number;
    step: number;
    load: number | null;
    max_load: number | null;
    load_turn: number;
  }>`
    select t.operator_id, t.turn::integer, t.step, t.load, t.max_load, o.load_turn::integer from (
      select a.operator_id, a.turn, 1 as step, a.load, a.max_load from assignment a
      union all
      select a.operator_id, a.end_turn, -1, null, null from assignment a where a.end_turn is not null) t
    join operator o on o.id = t.operator_id order by t.operator_id, t.turn`);
  const faults: string[] = [];
  for (const [operator, turns] of Map.groupBy(rows, ({ operator_id }) => operator_id)) {
    let held = 0;
    turns.forEach(({ turn, step, load, max_load }, index) => {
      held += step;
      if (turn !== index + 1) faults.push(`operator ${operator} has turn ${turn} as the ${index + 1}th`);
      if (load !== null && load !== held) faults.push(`turn ${turn} of operator ${operator} says ${load}, not ${held}`);
      if (max_load !== null && held > max_load)
        faults.push(`turn ${turn} of operator ${operator} is ${held} of ${max_load}`);
    });
    if (turns.length !== turns[0]!.load_turn) faults.push(`operator ${operator} has turns without an assignment`);
  }
  return faults;
}

/** An active inquiry has one operator and one open assignment, or waits with a reason; one that ended has none open. */
async function faultsOfInquiries(database: Database): Promise<string[]> {
  const rows = await database.rows(sql<{ id: string; fault: string }>`
    select i.id, f.fault from inquiry i
    cross join lateral (
      select count(*) filter (where a.ended_at is null) as open, count(*) as all,
        count(*) filter (where a.ended_at is null and a.operator_id = i.operator_id) as own,
        count(*) filter (where a."end" in ('DECLINED', 'NOT_ACCEPTED')) as passes,
        max(a.ended_at) filter (where a."end" in ('DECLINED', 'NOT_ACCEPTED')) as passed_at
      from assignment a where a.inquiry_id = i.id) a
    cross join lateral (values
      ('is active with an operator and without their assignment',
        i.status = 'ACTIVE' and i.operator_id is not null and (a.own <> 1 or a.open <> 1)),
      ('is assigned though it waits', i.status = 'ACTIVE' and i.operator_id is null and a.open > 0),
      ('waits without a reason', i.status = 'ACTIVE' and i.operator_id is null and i.waiting_reason is null),
      ('has ended, and its assignment has not', i.status <> 'ACTIVE' and a.open > 0),
      ('has moved on more or less often than it says', a.passes <> i.passes),
      ('stands in the queue where it must not', i.queued_at <> coalesce(a.passed_at, i.registered_at)),
      ('waits since before it came in', i.waiting_since < i.registered_at)) f(fault, holds)
    where f.holds
    union all
    select a.inquiry_id, 'was given to somebody whom the choice did not find eligible' from assignment a
    join source_weighting w on w.id = a.weighting_id
    where substr(a.states, array_position(w.operator_ids, a.operator_id), 1) <> 'e'`);
  return rows.map(({ id, fault }) => `inquiry ${id} ${fault}`);
}

/** Each change of an inquiry is told by one event, in order. */
async function faultsOfVersions(database: Database): Promise<string[]> {
  const rows = await database.rows(sql<{ id: string; version: number; told: string }>`
    select i.id, i.version, string_agg(e.subject_version::text, ',' order by e.xid, e.position) as told
    from inquiry i left join feed.event e on e.subject_kind = 'Inquiry' and e.subject_id = i.id
    group by i.id having array_agg(e.subject_version order by e.xid, e.position)
      is distinct from array(select generate_series(1, i.version))`);
  return rows.map(({ id, version, told }) => `inquiry ${id} is of version ${version}, and told are ${told}`);
}

/** Nobody waits whom somebody could take: reckoned here anew, by what operators and sources are. */
async function faultsOfWaiting(database: Database): Promise<string[]> {
  const waiting = await database.rows(sql<Waiting>`
    select i.source_id, i.skills, s.asks_presence, count(*)::integer as count from inquiry i
    join source s on s.id = i.source_id where i.status = 'ACTIVE' and i.operator_id is null
    group by i.source_id, i.skills, s.asks_presence order by 1, 2`);
  const candidates = await database.rows(sql<Candidate>`
    select w.source_id, w.operator_id, w.weight::float8 as weight, o.active and u.active as active, o.skills, o.schedule,
      u.presence, o.load, o.max_load
    from source_weight w join operator o on o.id = w.operator_id join app_user u on u.id = o.user_id`);
  const { day, time } = database.settings.calendar.weekTimeOf(database.clock.now());
  return waiting.flatMap((one) =>
    candidates
      .filter((candidate) => couldTake(candidate, one, day, time))
      .map(({ operator_id }) => `${one.count} inquiries of source ${one.source_id} wait for operator ${operator_id}`),
  );
}

function couldTake(candidate: Candidate, waiting: Waiting, day: string, time: string): boolean {
  const { source_id, active, weight, load, max_load, skills, presence } = candidate;
  return (
    source_id === waiting.source_id &&
    active &&
    weight > 0 &&
    load < max_load &&
    waiting.skills.every((skill) => skills.includes(skill)) &&
    (!waiting.asks_presence || presence === 'ONLINE' || presence === 'WORKING') &&
    isInHours(candidate.schedule, day, time)
  );
}

function isInHours(schedule: Schedule, day: string, time: string): boolean {
  if (schedule === null) return true;
  const [from, until] = schedule[day]?.split('-') ?? [];
  return from !== undefined && until !== undefined && from <= time && time < until;
}
