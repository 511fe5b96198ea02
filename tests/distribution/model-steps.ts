import { InquiryStatus } from '../../src/entities/distribution/inquiry-status.enum.js';
import { acceptInquiry } from '../../src/services/distribution/accept-inquiry.js';
import { answerInquiry } from '../../src/services/distribution/answer-inquiry.js';
import { assignInquiry } from '../../src/services/distribution/assign-inquiry.js';
import { changeInquiryPriority } from '../../src/services/distribution/change-inquiry-priority.js';
import { changeInquiryStatus } from '../../src/services/distribution/change-inquiry-status.js';
import { declineInquiry } from '../../src/services/distribution/decline-inquiry.js';
import { expireOffers } from '../../src/services/distribution/expire-offers.js';
import { handOut } from '../../src/services/distribution/hand-out.js';
import { registerInquiry } from '../../src/services/distribution/register-inquiry.js';
import { renewReasons } from '../../src/services/distribution/renew-reasons.js';
import { returnInquiry } from '../../src/services/distribution/return-inquiry.js';
import { tellDeadlines } from '../../src/services/distribution/tell-deadlines.js';
import { tellQueues } from '../../src/services/distribution/tell-queues.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import type { Draw } from '../support/draw.js';
import type { Said } from '../support/lead-model.js';
import type { Registration } from '../support/queue-model.js';
import type { Who } from '../support/staff-model.js';
import type { Walk } from './model-walk.js';

/** One thing that may happen. */
export type Step = (walk: Walk) => Promise<void>;

export const SKILLS = ['english', 'legal', 'roaming'];
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** How far the organisation's time is ahead. */
const AHEAD_MS = 3 * 3_600_000;
/** Of the day: when shifts begin and end. */
const SHIFT_MINUTES = [0, 480, 481, 540, 600, 720, 1080];

/** Identifiers of few people, so that they meet again. */
export const VALUES = {
  EXTERNAL_ID: (n: number) => `id${n}`,
  PHONE: (n: number) => `+7900000000${n}`,
  EMAIL: (n: number) => `p${n}@example.com`,
} as const;
export const KINDS = ['EXTERNAL_ID', 'PHONE', 'EMAIL'] as const;

/** An identifier as somebody may write it. */
function written(kind: (typeof KINDS)[number], value: string, draw: Draw): string {
  if (kind === 'PHONE')
    return draw.one([value, value.replace('+7', '8'), `8(900) 000-00-0${value.at(-1)}`, ` ${value}`]);
  return kind === 'EMAIL' ? draw.one([value, value.toUpperCase(), ` ${value} `]) : draw.one([value, ` ${value}`]);
}

const FIELDS = { EXTERNAL_ID: 'externalId', PHONE: 'phone', EMAIL: 'email' } as const;

/** What was registered last, to be registered again. */
const last = new WeakMap<Walk, { readonly who: Who; readonly key: string; input: Registration; given: object }>();

const register: Step = async (walk) => {
  const { draw, model } = walk;
  const before = last.get(walk);
  const what = before ? draw.fraction() : 1;
  const again = what < 0.08 ? before : undefined;
  const { input, given } = again ?? registration(walk);
  const key = again?.key ?? (what < 0.12 ? before!.key : `key ${walk.serial()}`);
  const who = again?.who ?? (draw.chance(0.8) ? walk.admin() : walk.operatorWho());
  last.set(walk, { who, key, input, given });
  const { next, drawn } = walk.draws();
  await walk.same(
    `register ${JSON.stringify(given)} as ${key}`,
    who,
    async (work) => {
      const { inquiryId, repeated } = await registerInquiry(
        work,
        { ...(given as never as { source: string }), idempotencyKey: key },
        next,
      );
      return { inquiryId, repeated };
    },
    async (made) => {
      const inquiry = made?.inquiryId ?? '';
      const lead = made ? await walk.world.leadOf(inquiry) : '';
      return model.register(who, key, input, drawn, { inquiry, lead }).replace(/ of .*/, '');
    },
    ({ inquiryId, repeated }) => `${repeated ? 'again' : 'made'} ${inquiryId}`,
  );
};

/** An inquiry of somebody, as the model takes it and as a client writes it. */
function registration(walk: Walk): { input: Registration; given: object } {
  const { draw } = walk;
  const source = walk.source();
  const name = source?.settings.name ?? 'No such source';
  const [modelSource, given] = draw.one([
    [name, name],
    [name, name.toUpperCase()],
    [source?.id ?? name, walk.idOf('Source', source)],
  ]) as [string, string];
  const said: Record<string, string> = draw.chance(0.3) ? { name: `N${draw.whole(0, 9)}` } : {};
  const fields: Record<string, unknown> = { ...said };
  for (const kind of draw.some(KINDS, draw.chance(0.03) ? 0 : draw.whole(1, 3))) {
    said[kind] = VALUES[kind](draw.whole(0, 7));
    fields[FIELDS[kind]] = written(kind, said[kind]!, draw);
  }
  const priority = draw.chance(0.25) ? draw.whole(-2, 3) : null;
  const skills = draw.chance(0.25) ? draw.some(SKILLS, draw.whole(1, 2)) : [];
  const message = `Hello ${walk.serial()}`;
  return {
    input: { source: modelSource, said: said as Said, priority, skills, message },
    given: { source: given, ...fields, message, ...(priority === null ? {} : { priority }), skills },
  };
}

const status: Step = (walk) => {
  const wanted = walk.draw.one(['CLOSED', 'CLOSED', 'REJECTED', 'ACTIVE'] as const);
  const id = walk.inquiry((one) => (one.status === 'ACTIVE') !== (wanted === 'ACTIVE'));
  const who = walk.whoFor(id);
  return walk.same(
    `inquiry ${id} becomes ${wanted}`,
    who,
    (work) => changeInquiryStatus(work, { inquiryId: walk.idOf('Inquiry', id), status: InquiryStatus[wanted] }),
    () => walk.model.changeStatus(who, id, wanted),
  );
};

const assign: Step = (walk) => {
  const id = walk.inquiry();
  const operator = walk.operator();
  const who = walk.manager();
  const input = { inquiryId: walk.idOf('Inquiry', id), operatorId: walk.idOf('Operator', operator) };
  return walk.same(
    `inquiry ${id} goes to ${operator?.id} by hand`,
    who,
    (work) => assignInquiry(work, input),
    () => walk.model.assign(who, id, operator?.id ?? ''),
  );
};

const handBack: Step = (walk) => {
  const id = walk.inquiry(({ status: now, operator }) => now === 'ACTIVE' && operator !== null);
  const who = walk.manager();
  return walk.same(
    `inquiry ${id} goes back`,
    who,
    (work) => returnInquiry(work, { inquiryId: walk.idOf('Inquiry', id) }),
    () => walk.model.handBack(who, id),
  );
};

const accept: Step = (walk) => {
  const id = walk.inquiry(({ acceptBy }) => acceptBy !== null);
  const who = walk.holderOf(id);
  return walk.same(
    `inquiry ${id} is accepted`,
    who,
    (work) => acceptInquiry(work, { inquiryId: walk.idOf('Inquiry', id) }),
    () => walk.model.accept(who, id),
  );
};

const decline: Step = (walk) => {
  const id = walk.inquiry(({ acceptBy }) => acceptBy !== null);
  const who = walk.holderOf(id);
  return walk.same(
    `inquiry ${id} is declined`,
    who,
    (work) => declineInquiry(work, { inquiryId: walk.idOf('Inquiry', id) }),
    () => walk.model.decline(who, id),
  );
};

const answer: Step = (walk) => {
  const id = walk.inquiry(({ status: now, answeredAt }) => now === 'ACTIVE' && answeredAt === null);
  const who = walk.whoFor(id);
  return walk.same(
    `inquiry ${id} is answered`,
    who,
    (work) => answerInquiry(work, { inquiryId: walk.idOf('Inquiry', id) }),
    () => walk.model.answer(who, id),
  );
};

const priority: Step = (walk) => {
  const id = walk.inquiry();
  const who = walk.manager();
  const wanted = walk.draw.whole(-2, 3);
  return walk.same(
    `inquiry ${id} has priority ${wanted}`,
    who,
    (work) => changeInquiryPriority(work, { inquiryId: walk.idOf('Inquiry', id), priority: wanted }),
    () => walk.model.changePriority(who, id, wanted),
  );
};

const giveOut: Step = (walk) => {
  const most = walk.draw.one([1, 2, 20]);
  const { next, drawn } = walk.draws();
  return walk.same(
    `gives out at most ${most}`,
    undefined,
    (work) => handOut(work, next, most),
    () => `${walk.model.handOut(drawn)}`,
    String,
  );
};

const expire: Step = (walk) => {
  const most = walk.draw.one([1, 100]);
  return walk.same(
    `takes back at most ${most} that were not accepted`,
    undefined,
    (work) => expireOffers(work, most),
    () => `${walk.model.expire(most)}`,
    String,
  );
};

const deadlines: Step = (walk) => {
  const most = walk.draw.one([1, 100]);
  return walk.same(
    `tells of at most ${most} deadlines`,
    undefined,
    (work) => tellDeadlines(work, most),
    () => `${walk.model.tellDeadlines(most)}`,
    String,
  );
};

const reasons: Step = (walk) =>
  walk.same(
    'says why inquiries wait',
    undefined,
    (work) => renewReasons(work, 1_000),
    () => `${walk.model.renewReasons()}`,
    String,
  );

const queues: Step = (walk) =>
  walk.same(
    'tells of queues',
    undefined,
    () => tellQueues(walk.world.database, systemActor('test')),
    () => `${walk.model.tellQueues()}`,
    String,
  );

/** Lets time pass: a little, a shift, or to the moment at which something comes due, or just before or after it. */
const pass: Step = async (walk) => {
  const { draw, model } = walk;
  const { dueAt } = model.outlook();
  if (dueAt !== null && draw.chance(0.4)) walk.pass(Math.max(0, dueAt - model.now + draw.whole(-1, 1)));
  else if (draw.chance(0.4)) walk.pass(untilShift(model.now, draw) - draw.one([0, 0, 1]));
  else walk.pass(draw.one([1, 500, SECOND_MS, 5 * SECOND_MS, 30 * SECOND_MS, 600 * SECOND_MS]));
  await walk.compare();
};

/** How long it is until one of the times at which shifts begin and end, today or tomorrow. */
function untilShift(now: number, draw: Draw): number {
  const minute = draw.one(SHIFT_MINUTES) * MINUTE_MS;
  return DAY_MS - ((now + AHEAD_MS - minute) % DAY_MS);
}

/** What happens to inquiries, and how often. */
export const INQUIRY_STEPS: readonly (readonly [number, Step])[] = [
  [26, register],
  [18, status],
  [7, assign],
  [3, handBack],
  [5, accept],
  [5, decline],
  [4, answer],
  [3, priority],
  [14, giveOut],
  [4, expire],
  [3, deadlines],
  [1, queues],
  [3, reasons],
  [8, pass],
];
