import { sql } from 'kysely';
import { stateOfLetter } from '../../src/services/distribution/candidate-letter.js';
import { lookOut } from '../../src/services/distribution/outlook.js';
import { systemActor, type UserActor } from '../../src/services/shared/access/actor.js';
import type { Database } from '../../src/services/shared/database/database.js';
import type { Work } from '../../src/services/shared/database/work.js';
import { Refusal } from '../../src/services/shared/errors/refusal.js';
import type { DistributionModel } from '../support/distribution-model.js';
import { HeldClock } from '../support/held-clock.js';
import { createGroup, signInUser } from '../support/sign-ins.js';
import type { ModelOperator, Who } from '../support/staff-model.js';
import { type OpenDatabase, openDatabase } from '../support/subscribers.js';

/** Operators, sources, leads and inquiries as the product has them, in the words of the model. */
export type Picture = Readonly<Record<string, unknown>>;

const SYSTEM = systemActor('test');

/** A product's database that one sequence has for itself, on a clock that stands still. */
export class ModelWorld {
  private constructor(
    private readonly opened: OpenDatabase,
    readonly clock: HeldClock,
    readonly admin: UserActor,
    readonly supervisor: UserActor,
    /** The supervisor answers for the first. */
    readonly groups: readonly [string, string],
    private readonly operatorPermissions: UserActor['permissions'],
  ) {}

  /** @param start the instant at which it begins, in milliseconds */
  static async open(start: number): Promise<ModelWorld> {
    const clock = new HeldClock(start);
    const opened = await openDatabase(clock);
    const { database } = opened;
    const groups = [await createGroup(database), await createGroup(database)] as const;
    const { actor: admin } = await signInUser(database, { role: 'admin' });
    const { actor: supervisor } = await signInUser(database, { role: 'supervisor', supervises: [groups[0]] });
    const { actor } = await signInUser(database, { role: 'operator' });
    return new ModelWorld(opened, clock, admin, supervisor, groups, actor.permissions);
  }

  get database(): Database {
    return this.opened.database;
  }

  close(): Promise<void> {
    return this.opened.close();
  }

  /** Somebody of the model as the product knows them once they are signed in. */
  actorOf(who: Who, operators: ReadonlyMap<string, ModelOperator>): UserActor {
    if (who.kind === 'admin') return this.admin;
    if (who.kind === 'supervisor') return this.supervisor;
    const { removed } = operators.get(who.operator)!;
    return {
      ...{ kind: 'user', key: `user:${who.user}`, loginId: '0', sessionId: '', userId: who.user, role: 'operator' },
      permissions: this.operatorPermissions,
      operatorId: removed ? null : who.operator,
      supervisedGroupIds: [],
    };
  }

  /** Does something, by the product itself where nobody is named; gives what came of it, or the refusal in the model's words. */
  async do<Result>(
    actor: UserActor | undefined,
    run: (work: Work) => Promise<Result>,
  ): Promise<{ readonly result: Result } | { readonly refused: string }> {
    try {
      return { result: await this.opened.work(run, actor ?? SYSTEM) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { refused: error.errors.map(({ code, path }) => `${code} ${path.join('.')}`).join() };
    }
  }

  /** Whose an inquiry is. */
  async leadOf(inquiry: string): Promise<string> {
    const [row] = await this.database.rows(sql<{ lead_id: string }>`select lead_id from inquiry where id = ${inquiry}`);
    return row!.lead_id;
  }

  /** What it is to do next, as the distributor sees it. */
  async outlook(): Promise<object> {
    const { dueAt, waits, room } = await lookOut(this.database, this.clock.now());
    return { dueAt: dueAt?.getTime() ?? null, waits, room };
  }

  /** All that the model has, as the database has it. */
  async picture(): Promise<Picture> {
    const [row] = await this.database.rows(sql<{ picture: Found }>`select ${PICTURE} as picture`);
    const { inquiries, leads, pairs, ...rest } = row!.picture;
    return {
      ...rest,
      inquiries: inquiries.map(({ assignments, ...inquiry }) => ({
        ...inquiry,
        assignments: assignments.map(({ states, takers, ...one }) => ({
          ...one,
          candidates: candidatesOf(states, takers),
        })),
      })),
      leads: leads.map((lead) => ({ ...lead, aliases: lead.aliases.sort(), sourceIds: lead.sourceIds.sort() })),
      pairs: pairs.sort(),
    };
  }
}

interface Found {
  readonly inquiries: readonly { readonly assignments: readonly Assigned[] }[];
  readonly leads: readonly { readonly aliases: string[]; readonly sourceIds: string[] }[];
  readonly pairs: string[];
  readonly operators: unknown;
  readonly sources: unknown;
}

interface Assigned {
  readonly states: string | null;
  readonly takers: readonly string[] | null;
}

function candidatesOf(states: string | null, takers: readonly string[] | null): string[] | null {
  return states === null ? null : [...states].map((letter, i) => `${takers![i]} ${stateOfLetter(letter)}`);
}

/** An instant in milliseconds. */
const ms = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::bigint`;
const list = (rows: ReturnType<typeof sql>) => sql`coalesce((${rows}), '[]'::jsonb)`;

const ASSIGNMENTS = sql`
  select jsonb_agg(jsonb_build_object('operator', a.operator_id::text, 'way', a.way, 'draw', a.draw, 'states', a.states,
      'takers', (select w.operator_ids::text[] from source_weighting w where w.id = a.weighting_id), 'load', a.load,
      'maxLoad', a.max_load, 'madeBy', a.made_by_id::text, 'madeAt', ${ms('a.made_at')}, 'acceptBy', ${ms('a.accept_by')},
      'acceptedAt', ${ms('a.accepted_at')}, 'endedAt', ${ms('a.ended_at')}, 'end', a."end") order by a.id)
  from assignment a where a.inquiry_id = i.id`;

const INQUIRIES = sql`
  select jsonb_agg(jsonb_build_object('id', i.id::text, 'source', i.source_id::text, 'lead', i.lead_id::text,
      'operator', i.operator_id::text, 'status', i.status, 'priority', i.priority, 'skills', i.skills,
      'hasExternalId', i.external_id is not null, 'waitingReason', i.waiting_reason, 'waitingSince', ${ms('i.waiting_since')},
      'assignedAt', ${ms('i.assigned_at')}, 'acceptBy', ${ms('i.accept_by')}, 'passes', i.passes,
      'answerDueAt', ${ms('i.answer_due_at')}, 'answerAtRiskAt', ${ms('i.answer_at_risk_at')}, 'warnAt', ${ms('i.warn_at')},
      'breachAt', ${ms('i.breach_at')}, 'answeredAt', ${ms('i.answered_at')}, 'endedAt', ${ms('i.ended_at')},
      'reopenedAt', ${ms('i.reopened_at')}, 'registeredAt', ${ms('i.registered_at')}, 'queuedAt', ${ms('i.queued_at')}, 'version', i.version) || jsonb_build_object('assignments', ${list(ASSIGNMENTS)})
    order by i.id)
  from inquiry i`;

const OPERATORS = sql`
  select jsonb_agg(jsonb_build_object('id', o.id::text, 'user', o.user_id::text, 'userActive', u.active,
      'group', u.group_id::text, 'active', o.active, 'removed', o.removed_at is not null, 'phone', o.phone,
      'maxLoad', o.max_load, 'schedule', o.schedule, 'skills', o.skills, 'presence', u.presence, 'load', o.load,
      'version', o.version) order by o.id)
  from operator o join app_user u on u.id = o.user_id`;

const WEIGHTS = sql`
  select jsonb_object_agg(w.operator_id, trim_scale(w.weight)::text) from source_weight w where w.source_id = s.id`;
/** The weights that assignments are chosen by. */
const WEIGHED = sql`
  select jsonb_object_agg(k.id, trim_scale(k.weight)::text) from source_weighting w, unnest(w.operator_ids, w.weights) k(id, weight)
  where w.id = (select id from source_weighting where source_id = s.id order by number desc limit 1)`;

const SOURCES = sql`
  select jsonb_agg(jsonb_build_object('id', s.id::text, 'name', s.name, 'ownExternalIds', s.own_external_ids, 'sticky', s.sticky,
      'asksPresence', s.asks_presence, 'acceptWithinSeconds', s.accept_within_seconds, 'answerWithinSeconds',
      s.answer_within_seconds, 'warnBeforeSeconds', s.warn_before_seconds, 'skills', s.skills, 'priority', s.priority,
      'removed', s.removed_at is not null, 'version', s.version, 'weights', coalesce((${WEIGHTS}), '{}'),
      'weighed', coalesce((${WEIGHED}), '{}'),
      'weighings', (select count(*) from source_weighting w where w.source_id = s.id)) order by s.id)
  from source s`;

const LEADS = sql`
  select jsonb_agg(jsonb_build_object('id', l.id::text, 'name', l.name, 'EXTERNAL_ID', l.external_id, 'PHONE', l.phone,
      'EMAIL', l.email, 'mergedInto', l.merged_into_id::text,
      'aliases', array(select a.identifier || ' ' || a.value from lead_alias a where a.lead_id = l.id),
      'sourceIds', array(select k.source_id || ' ' || k.external_id from lead_source_id k where k.lead_id = l.id)) order by l.id)
  from lead l`;

const PAIRS = sql`
  select jsonb_agg(concat_ws(' ', d.first_id, d.second_id, d.identifier, d.state, d.inquiry_id))
  from lead_duplicate d`;

const PICTURE = sql`jsonb_build_object('inquiries', ${list(INQUIRIES)}, 'operators', ${list(OPERATORS)},
  'sources', ${list(SOURCES)}, 'leads', ${list(LEADS)}, 'pairs', ${list(PAIRS)})`;

/** All that a model has, in the same words. */
export function pictureOf(model: DistributionModel): Picture {
  const byId = <One extends { readonly id: string }>(all: Iterable<One>) =>
    [...all].sort((one, other) => Number(one.id) - Number(other.id));
  return {
    inquiries: byId(model.inquiries.values()),
    operators: byId(model.operators.values()).map(({ email: _, ...operator }) => operator),
    sources: byId(model.sources.values()).map(({ settings, weights, ...source }) => {
      const weighed = Object.fromEntries(weights);
      return { ...source, ...settings, weights: weighed, weighed };
    }),
    leads: byId(model.leads.leads).map(({ inquiries: _, aliases, sourceIds, ...lead }) => {
      return { ...lead, aliases: [...aliases].sort(), sourceIds: [...sourceIds].sort() };
    }),
    pairs: model.leads.pairs
      .map(({ first, second, identifier, state, inquiry }) => [first, second, identifier, state, inquiry].join(' '))
      .sort(),
  };
}
