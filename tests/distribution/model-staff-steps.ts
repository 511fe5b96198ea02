import { sql } from 'kysely';
import { Presence } from '../../src/entities/identity/presence.enum.js';
import { changeLead } from '../../src/services/distribution/change-lead.js';
import { changeSource } from '../../src/services/distribution/change-source.js';
import { createSource } from '../../src/services/distribution/create-source.js';
import { dismissLeadDuplicate } from '../../src/services/distribution/dismiss-lead-duplicate.js';
import { mergeLeads } from '../../src/services/distribution/merge-leads.js';
import { releaseOfInactiveUsers } from '../../src/services/distribution/release-of-inactive-users.js';
import { removeSource } from '../../src/services/distribution/remove-source.js';
import { removeSourceOperator } from '../../src/services/distribution/remove-source-operator.js';
import { setSourceWeight } from '../../src/services/distribution/set-source-weight.js';
import { changeOperator } from '../../src/services/identity/change-operator.js';
import { changeOperatorLimit } from '../../src/services/identity/change-operator-limit.js';
import { registerOperator } from '../../src/services/identity/register-operator.js';
import { removeOperator } from '../../src/services/identity/remove-operator.js';
import { setPresence } from '../../src/services/identity/set-presence.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import type { Week } from '../support/choice-model.js';
import type { Draw } from '../support/draw.js';
import type { OperatorParts, SourceSettings } from '../support/staff-model.js';
import { KINDS, SKILLS, type Step, VALUES } from './model-steps.js';
import type { Walk } from './model-walk.js';

const MOST_OPERATORS = 7;
const MOST_SOURCES = 5;
const SCHEDULES: readonly (Week | null)[] = [
  null,
  null,
  null,
  { MON: '08:00-18:00', TUE: '08:00-18:00', WED: '08:00-18:00', THU: '08:00-18:00', FRI: '08:00-18:00' },
  { MON: '09:00-12:00', TUE: null, WED: '00:00-24:00', SAT: '10:00-24:00', SUN: '00:00-08:01' },
  {},
];
/** Weights as somebody writes them, and as they are kept; what is none has none. */
const WEIGHTS: readonly (readonly [string, string | undefined])[] = [
  ['1', '1'],
  ['1.0', '1'],
  [' 1 ', '1'],
  ['01', '1'],
  ['2', '2'],
  ['3', '3'],
  ['10', '10'],
  ['30.0', '30'],
  ['0.500', '0.5'],
  ['3e-1', '0.3'],
  ['0.000001', '0.000001'],
  ['1000000', '1000000'],
  ['0', '0'],
  ['-0', '0'],
];
const NO_WEIGHTS = ['-1', '0.0000001', '1000000.5', 'many', ''];

const maxLoadIn = (draw: Draw) => draw.one([0, 1, 2, 2, 3, 4, 6]);
const skillsIn = (draw: Draw) => draw.some(SKILLS, draw.one([0, 1, 2, 3, 3, 3]));

const addOperator: Step = (walk) => {
  const { draw, model, world } = walk;
  const known = [...model.operators.values()];
  const isNew = known.length < 3 || (known.length < MOST_OPERATORS && draw.chance(0.6));
  const gone = known.filter(({ removed }) => removed);
  const one = isNew ? undefined : draw.one(gone.length > 0 && draw.chance(0.6) ? gone : known);
  const n = walk.serial() % 100;
  const number = (k: number) => `+7999${String(k).padStart(7, '0')}`;
  const own = one ? Number(one.email.match(/\d+/)![0]) : n;
  const group = draw.chance(0.3) ? undefined : draw.one(world.groups);
  const parts: OperatorParts = {
    email: `operator${own}@test.example`,
    phone: known.length > 1 && draw.chance(0.05) ? (draw.one(known).phone ?? number(own)) : number(own),
    maxLoad: maxLoadIn(draw),
    ...(draw.chance(0.5) ? { schedule: draw.one(SCHEDULES) } : {}),
    ...(draw.chance(0.5) ? { skills: skillsIn(draw) } : {}),
    ...(group === undefined ? {} : { group }),
  };
  const { group: _, ...given } = parts;
  const groupId = group === undefined ? {} : { groupId: encodeId('UserGroup', group) };
  const input = { ...given, ...groupId, fullName: 'Петрова Анна', alias: 'Alisa' };
  return walk.same(
    `register ${JSON.stringify(parts)}`,
    walk.admin(),
    (work) => registerOperator(work, input),
    (made) => model.registerOperator(parts, { operator: made?.operatorId ?? '', user: made?.userId ?? '' }),
    ({ outcome }) => outcome,
  );
};

const change: Step = (walk) => {
  const { draw, model } = walk;
  const operator = walk.busyOperator(({ active, removed }) => !active && !removed);
  const parts = {
    ...(draw.chance(0.4) ? { maxLoad: maxLoadIn(draw) } : {}),
    ...(draw.chance(0.3) ? { schedule: draw.one(SCHEDULES) } : {}),
    ...(draw.chance(0.3) ? { skills: skillsIn(draw) } : {}),
    ...(draw.chance(0.5) ? { active: operator?.active === false || draw.chance(0.3) } : {}),
  };
  return walk.same(
    `change operator ${operator?.id} ${JSON.stringify(parts)}`,
    walk.admin(),
    (work) => changeOperator(work, { operatorId: walk.idOf('Operator', operator), ...parts }),
    () => model.changeOperator(operator?.id ?? '', parts),
    ({ releasedInquiries }) => `released ${releasedInquiries}`,
  );
};

const limit: Step = (walk) => {
  const operator = walk.operator();
  const maxLoad = maxLoadIn(walk.draw);
  const who = walk.manager();
  return walk.same(
    `operator ${operator?.id} may have ${maxLoad}`,
    who,
    (work) => changeOperatorLimit(work, { operatorId: walk.idOf('Operator', operator), maxLoad }),
    () => walk.model.changeLimit(who, operator?.id ?? '', maxLoad),
  );
};

const removeOne: Step = (walk) => {
  const operator = walk.busyOperator();
  return walk.same(
    `remove operator ${operator?.id}`,
    walk.admin(),
    (work) => removeOperator(work, { operatorId: walk.idOf('Operator', operator) }),
    () => walk.model.removeOperator(operator?.id ?? ''),
    ({ releasedInquiries }) => `released ${releasedInquiries}`,
  );
};

const presence = async (walk: Walk, who = walk.operatorWho()): Promise<void> => {
  if (who.kind !== 'operator') return;
  const wanted = walk.draw.one(['ONLINE', 'ONLINE', 'ONLINE', 'WORKING', 'AWAY', 'DO_NOT_DISTURB', 'OFFLINE'] as const);
  await walk.same(
    `is ${wanted}`,
    who,
    (work) => setPresence(work, { presence: Presence[wanted] }),
    () => walk.model.setPresence(who.operator, wanted),
  );
};

/** Nothing of the graph says yet that a user may not sign in; what follows from it is the distributor's. */
const signIns: Step = async (walk) => {
  const operator = walk.busyOperator(({ userActive }) => !userActive);
  if (!operator) return;
  const active = !operator.userActive || walk.draw.chance(0.3);
  await walk.same(
    `the user of operator ${operator.id} may${active ? '' : ' not'} sign in`,
    undefined,
    (work) => work.rows(sql`update app_user set active = ${active} where id = ${operator.user}`),
    () => {
      walk.model.setUserActive(operator.id, active);
      return 'done';
    },
  );
};

const releaseInactive: Step = (walk) =>
  walk.same(
    'takes back from whom may not sign in',
    undefined,
    () => releaseOfInactiveUsers(walk.world.database, systemActor('test')),
    () => `${walk.model.releaseInactive()}`,
    String,
  );

/** Settings of a source, each or not, as whoever makes or changes one gives them. */
function settingsIn(draw: Draw): Partial<Omit<SourceSettings, 'name'>> {
  return {
    ...(draw.chance(0.2) ? { ownExternalIds: draw.chance(0.5) } : {}),
    ...(draw.chance(0.5) ? { sticky: draw.chance(0.7) } : {}),
    ...(draw.chance(0.5) ? { asksPresence: draw.chance(0.4) } : {}),
    ...(draw.chance(0.6) ? { acceptWithinSeconds: draw.one([null, 1, 30, 600, 3_600]) } : {}),
    ...(draw.chance(0.5) ? { answerWithinSeconds: draw.one([null, 60, 300, 86_400]) } : {}),
    ...(draw.chance(0.3) ? { warnBeforeSeconds: draw.one([null, 10, 60, 600]) } : {}),
    ...(draw.chance(0.3) ? { skills: draw.some(SKILLS, draw.one([0, 0, 1])) } : {}),
    ...(draw.chance(0.3) ? { priority: draw.whole(-1, 2) } : {}),
  };
}

/** Few names, so that they meet. */
const nameIn = (draw: Draw) => draw.one(['Site', 'SITE', 'Bot', 'bot', 'Chat', 'Shop', 'Forum', 'Mail']);

const addSource: Step = async (walk) => {
  const { draw, model } = walk;
  if ([...model.sources.values()].filter(({ removed }) => !removed).length >= MOST_SOURCES) return;
  const given = { name: nameIn(draw), ...settingsIn(draw) };
  await walk.same(
    `make source ${JSON.stringify(given)}`,
    walk.admin(),
    (work) => createSource(work, given),
    (id) => model.createSource(given, id ?? ''),
  );
};

const changeIt: Step = (walk) => {
  const { draw, model } = walk;
  const source = walk.source();
  const given = { ...settingsIn(draw), ...(draw.chance(0.15) ? { name: nameIn(draw) } : {}) };
  return walk.same(
    `change source ${source?.id} ${JSON.stringify(given)}`,
    walk.admin(),
    (work) => changeSource(work, { sourceId: walk.idOf('Source', source), ...given }),
    () => model.changeSource(source?.id ?? '', given),
  );
};

const removeIt: Step = (walk) => {
  const source = walk.idleSource();
  return walk.same(
    `remove source ${source?.id}`,
    walk.admin(),
    (work) => removeSource(work, { sourceId: walk.idOf('Source', source) }),
    () => walk.model.removeSource(source?.id ?? ''),
  );
};

const weigh = (walk: Walk, { who = walk.manager(), source = walk.source(), operator = walk.operator() } = {}) => {
  const { draw } = walk;
  const [written, weight] = draw.chance(0.9) ? draw.one(WEIGHTS) : [draw.one(NO_WEIGHTS), undefined];
  const input = { sourceId: walk.idOf('Source', source), operatorId: walk.idOf('Operator', operator), weight: written };
  return walk.same(
    `operator ${operator?.id} has weight ${written} in source ${source?.id}`,
    who,
    (work) => setSourceWeight(work, input),
    () => walk.model.setWeight(who, source?.id ?? '', operator?.id ?? '', weight),
  );
};

const takeOut: Step = (walk) => {
  const [source, operator, who] = [walk.source(), walk.operator(), walk.manager()];
  const input = { sourceId: walk.idOf('Source', source), operatorId: walk.idOf('Operator', operator) };
  return walk.same(
    `operator ${operator?.id} is taken out of source ${source?.id}`,
    who,
    (work) => removeSourceOperator(work, input),
    () => walk.model.takeOut(who, source?.id ?? '', operator?.id ?? ''),
  );
};

const merge: Step = async (walk) => {
  const { leads } = walk.model.leads;
  if (leads.length === 0) return;
  const [kept, merged] = [walk.draw.one(leads).id, walk.draw.one(leads).id];
  await walk.same(
    `lead ${merged} is lead ${kept}`,
    walk.admin(),
    (work) => mergeLeads(work, { keptId: encodeId('Lead', kept), mergedId: encodeId('Lead', merged) }),
    () => walk.model.mergeLeads(kept, merged),
  );
};

const rename: Step = async (walk) => {
  const { draw } = walk;
  const { leads } = walk.model.leads;
  if (leads.length === 0) return;
  const lead = draw.one(leads).id;
  const kind = draw.one(KINDS);
  const value = VALUES[kind](draw.whole(0, 9));
  const field = { EXTERNAL_ID: 'externalId', PHONE: 'phone', EMAIL: 'email' }[kind];
  await walk.same(
    `lead ${lead} has ${value}`,
    walk.admin(),
    (work) => changeLead(work, { leadId: encodeId('Lead', lead), [field]: value }),
    () => walk.model.changeLead(lead, kind, value, field),
  );
};

const dismiss: Step = async (walk) => {
  const { pairs } = walk.model.leads;
  if (pairs.length === 0) return;
  const { first, second } = walk.draw.one(pairs);
  const [row] = await walk.world.database.rows(sql<{ id: string }>`
    select id from lead_duplicate where first_id = ${first} and second_id = ${second}`);
  await walk.same(
    `leads ${first} and ${second} are two`,
    walk.admin(),
    (work) => dismissLeadDuplicate(work, { duplicateId: encodeId('LeadDuplicate', row!.id) }),
    () => walk.model.dismissDuplicate(first, second),
  );
};

/** A new operator comes to work mostly, and takes inquiries of some sources. */
const newOperator: Step = async (walk) => {
  await addOperator(walk);
  const operator = [...walk.model.operators.values()].at(-1);
  if (operator?.userActive && walk.draw.chance(0.8)) await presence(walk, walk.operatorWho(operator.id));
  for (let n = 0; n < 3; n += 1) await weigh(walk, { who: walk.admin(), operator });
};

/** Some operators take inquiries of a new source. */
const newSource: Step = async (walk) => {
  await addSource(walk);
  const source = [...walk.model.sources.values()].at(-1);
  for (let n = 0; n < 3; n += 1) await weigh(walk, { who: walk.admin(), source });
};

/** What happens to operators, sources and leads, and how often. */
export const STAFF_STEPS: readonly (readonly [number, Step])[] = [
  [2, newOperator],
  [4, change],
  [4, limit],
  [1, removeOne],
  [4, (walk) => presence(walk)],
  [2, signIns],
  [2, releaseInactive],
  [2, newSource],
  [4, changeIt],
  [2, removeIt],
  [5, (walk) => weigh(walk)],
  [1, takeOut],
  [2, merge],
  [2, rename],
  [1, dismiss],
];

/** Makes a few operators, sources and weights: without any, nothing goes anywhere. */
export async function settle(walk: Walk): Promise<void> {
  for (let n = 0; n < 3; n += 1) await newSource(walk);
  for (let n = 0; n < 5; n += 1) await newOperator(walk);
}
