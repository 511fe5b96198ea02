import { setTimeout as sleep } from 'node:timers/promises';
import type { Draw } from '../support/draw.js';
import { ask, type Crowd, type CrowdOperator, drawRecent, drawWeight } from './crowd.js';

/** So many may wait before clients register no more for a while. */
const MOST_WAITING = 150;
/** Leads that come again and again. */
const PEOPLE = 200;
/** How long an admin rests after each change, in milliseconds. */
const ADMIN_REST_MS = 60;

/** What one client does next, of a crowd in which so many wait; by chance, again and again. */
export type Client = (crowd: Crowd, draw: Draw, waiting: number) => Promise<unknown>;

const OPEN_OR_NOT = { allowed: ['STATE_NOT_ALLOWED'] };
const THEIRS_OR_NOT = ['STATE_NOT_ALLOWED', 'NOT_FOUND', 'FORBIDDEN'];

let keys = 0;

/** Registers an inquiry of somebody known or new, now and then twice; where many wait, ends one. */
export const intake: Client = async (crowd, draw, waiting) => {
  if (waiting > MOST_WAITING || draw.chance(0.1)) return endAny(crowd, draw);
  keys += 1;
  const person = draw.whole(1, PEOPLE);
  const input = {
    source: draw.one(crowd.sources),
    idempotencyKey: `many ${keys}`,
    ...(draw.chance(0.7) ? { phone: `+7900${String(person).padStart(7, '0')}` } : { externalId: `person ${person}` }),
    ...(draw.chance(0.2) ? { email: `p${person}@test.example` } : {}),
    ...(draw.chance(0.2) ? { priority: draw.whole(-2, 6) } : {}),
    ...(draw.chance(0.2) ? { skills: [draw.one(['legal', 'roaming'])] } : {}),
  };
  const shown = 'inquiry { id status waitingReason operator { id } }';
  const asked = Array.from({ length: draw.chance(0.1) ? 2 : 1 }, () => ask(crowd, 'registerInquiry', input, shown));
  const made = (await Promise.all(asked)).flatMap((payload) => (payload ? [payload.inquiry as Shown] : []));
  for (const { id, status, operator, waitingReason } of made) {
    const isSomewhere = status !== 'ACTIVE' || operator !== null || waitingReason !== null;
    if (!isSomewhere) crowd.faults.push(`inquiry ${id} is nobody’s and waits for no reason`);
  }
  const ids = new Set(made.map(({ id }) => id));
  if (ids.size > 1) crowd.faults.push(`one key made ${[...ids].join(' and ')}`);
  crowd.inquiries.push(...ids);
};

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly waitingReason: string | null;
  readonly operator: object | null;
}

/** Closes or rejects an inquiry, whoever has it. */
async function endAny(crowd: Crowd, draw: Draw): Promise<unknown> {
  const inquiryId = drawRecent(crowd, draw);
  if (inquiryId === undefined) return sleep(20);
  const status = draw.chance(0.8) ? 'CLOSED' : 'REJECTED';
  return ask(crowd, 'changeInquiryStatus', { inquiryId, status }, 'inquiry { status }');
}

/** Gives inquiries to somebody by hand, puts them back, reopens them; an admin’s or a supervisor’s. */
export const hands: Client = (crowd, draw) => {
  const inquiryId = drawRecent(crowd, draw);
  if (inquiryId === undefined) return sleep(20);
  const token = draw.chance(0.5) ? crowd.admin : crowd.supervisor;
  const what = draw.fraction();
  if (what < 0.5) {
    const allowed = ['STATE_NOT_ALLOWED', 'LIMIT_EXCEEDED', 'FORBIDDEN'];
    const { id: operatorId } = draw.one(crowd.operators);
    return ask(crowd, 'assignInquiry', { inquiryId, operatorId }, 'inquiry { id }', { token, allowed });
  }
  if (what < 0.7) {
    const allowed = ['STATE_NOT_ALLOWED', 'FORBIDDEN'];
    return ask(crowd, 'returnInquiry', { inquiryId }, 'inquiry { id }', { token, allowed });
  }
  if (what < 0.8) {
    return ask(crowd, 'changeInquiryPriority', { inquiryId, priority: draw.whole(-5, 5) }, 'inquiry { priority }', {
      token,
      ...OPEN_OR_NOT,
    });
  }
  if (what < 0.9) return ask(crowd, 'answerInquiry', { inquiryId }, 'inquiry { id }', { token, ...OPEN_OR_NOT });
  return ask(crowd, 'changeInquiryStatus', { inquiryId, status: 'ACTIVE' }, 'inquiry { status }', { token });
};

/** Works on what an operator has: accepts, declines, answers, ends; and now and then on what is not theirs. */
export const workOf =
  ({ id, token }: CrowdOperator): Client =>
  async (crowd, draw) => {
    const document = `query ($id: ID!) { inquiries(first: 20, filter: { operatorId: $id, status: ACTIVE }) { nodes { id acceptBy } } }`;
    const { status, data, errors } = await crowd.product.graphql(document, { id }, token);
    if (status !== 200 || errors) crowd.faults.push(`inquiries: ${status} ${JSON.stringify(errors)}`);
    const own: { id: string; acceptBy: string | null }[] = data?.inquiries.nodes ?? [];
    if (own.length === 0) await sleep(20);
    for (const { id: inquiryId, acceptBy } of draw.some(own, 2)) {
      const name =
        acceptBy === null
          ? draw.one(['answer', 'end', 'end', 'end'])
          : draw.one(['accept', 'accept', 'decline', 'leave', 'answer']);
      await workOn(crowd, draw, name, inquiryId, token);
    }
    const other = drawRecent(crowd, draw);
    if (other === undefined || draw.chance(0.8)) return;
    await workOn(crowd, draw, draw.one(['accept', 'decline', 'answer', 'end', 'reopen']), other, token);
  };

async function workOn(crowd: Crowd, draw: Draw, name: string, inquiryId: string, token: string): Promise<unknown> {
  const how = { token, allowed: THEIRS_OR_NOT };
  if (name === 'leave') return undefined;
  if (name === 'end' || name === 'reopen') {
    const status = name === 'reopen' ? 'ACTIVE' : draw.one(['CLOSED', 'CLOSED', 'REJECTED']);
    return ask(crowd, 'changeInquiryStatus', { inquiryId, status }, 'inquiry { status }', how);
  }
  return ask(crowd, `${name}Inquiry`, { inquiryId }, 'inquiry { id }', how);
}

/** Changes limits, weights, who is active and who is there. */
export const managing: Client = async (crowd, draw) => {
  const operator = draw.one(crowd.operators);
  const { id: operatorId, token } = operator;
  const sourceId = draw.one(crowd.sources);
  const what = draw.fraction();
  if (what < 0.4) {
    await ask(crowd, 'changeOperatorLimit', { operatorId, maxLoad: draw.whole(1, 20) }, 'operator { maxLoad }');
  } else if (what < 0.55) {
    const active = !operator.active || draw.chance(0.5);
    operator.active = active;
    await ask(crowd, 'changeOperator', { operatorId, active }, 'operator { active } releasedInquiries');
  } else if (what < 0.7) {
    const weight = draw.chance(0.15) ? '0' : drawWeight(draw);
    await ask(crowd, 'setSourceWeight', { sourceId, operatorId, weight }, 'weight { weight }');
  } else if (what < 0.75) {
    await ask(crowd, 'removeSourceOperator', { sourceId, operatorId }, 'source { id }', { allowed: ['NOT_FOUND'] });
  } else if (what < 0.9) {
    const presence = draw.one(['ONLINE', 'ONLINE', 'WORKING', 'AWAY', 'OFFLINE']);
    await ask(crowd, 'setPresence', { presence }, 'user { presence }', { token });
  } else {
    const skills = draw.some(['legal', 'roaming', 'english'], draw.whole(0, 3));
    await ask(crowd, 'changeOperator', { operatorId, skills }, 'operator { skills }');
  }
  await sleep(ADMIN_REST_MS);
};
