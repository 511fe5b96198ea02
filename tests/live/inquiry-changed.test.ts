import { sql } from 'kysely';
import { InquiryStatus } from '../../src/entities/distribution/inquiry-status.enum.js';
import { acceptInquiry } from '../../src/services/distribution/accept-inquiry.js';
import { answerInquiry } from '../../src/services/distribution/answer-inquiry.js';
import { assignInquiry } from '../../src/services/distribution/assign-inquiry.js';
import { changeInquiryPriority } from '../../src/services/distribution/change-inquiry-priority.js';
import { changeInquiryStatus } from '../../src/services/distribution/change-inquiry-status.js';
import { declineInquiry } from '../../src/services/distribution/decline-inquiry.js';
import { DISTRIBUTION_EVENT_KINDS } from '../../src/services/distribution/distribution.event-kinds.js';
import { systemDraws } from '../../src/services/distribution/draws.js';
import { handOut } from '../../src/services/distribution/hand-out.js';
import {
  inquiryAssignedOf,
  inquiryChangedOf,
  inquiryDeadlineOf,
} from '../../src/services/distribution/inquiry-feed.events.js';
import { mergeLeads } from '../../src/services/distribution/merge-leads.js';
import { returnInquiry } from '../../src/services/distribution/return-inquiry.js';
import type { Work } from '../../src/services/shared/database/work.js';
import { decodeId, encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, signInPartner } from '../support/sign-ins.js';
import { type Subscriber, subscribe, untilNobodyListens } from '../support/subscribe.js';
import { InquiryWorld } from './inquiry-world.js';

const CHANGED = `subscription ($filter: InquiryChangeFilter, $after: Cursor) {
  inquiryChanged(filter: $filter, after: $after) { cursor gap { reason } kind end inquiryId
    inquiry { id status priority operator { alias } } } }`;

interface ChangedData {
  inquiryChanged: {
    cursor: string;
    kind: string;
    end: string | null;
    inquiryId: string;
    inquiry: { id: string; status: string; operator: { alias: string } | null } | null;
  };
}

let product: Product;
let actors: Actors;
let world: InquiryWorld;
let alisa: string;
let boris: string;
let toAlisa: string;
let toBoris: string;
const open: Subscriber<ChangedData>[] = [];

const follow = async (token: string, variables: object = {}) => {
  const subscriber = await subscribe<ChangedData>(product, CHANGED, { token, variables: { ...variables } });
  open.push(subscriber);
  return subscriber;
};
const kindsOf = ({ events }: Subscriber<ChangedData>) => events.map(({ inquiryChanged }) => inquiryChanged.kind);
const as = (who: 'operator' | 'otherOperator' | 'admin', verb: (work: Work) => Promise<unknown>) =>
  world.do(verb, actors[who].actor);
/** Registers an inquiry, and resolves when the feed is past it: who follows from then on is told what comes after. */
async function registered(sourceId: string): Promise<string> {
  const ahead = await follow(actors.admin.token);
  const id = await world.register(sourceId);
  await ahead.untilOne(({ inquiryChanged: { kind, inquiryId } }) => kind === 'ASSIGNED' && inquiryId === id);
  return id;
}
const handOutAll = () => world.do((work) => handOut(work, systemDraws, 10));

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
  world = new InquiryWorld(product.database);
  alisa = actors.operator.actor.operatorId!;
  boris = actors.otherOperator.actor.operatorId!;
  for (const operatorId of [alisa, boris]) await world.limit(operatorId, 1_000);
  toAlisa = await world.source([alisa], { acceptWithinSeconds: 600 });
  toBoris = await world.source([boris]);
});
afterEach(async () => {
  // What a plan makes otherwise than the resolvers comes as an error beside the message.
  expect(open.flatMap(({ errors }) => errors)).toEqual([]);
  await Promise.all(open.splice(0).map((subscriber) => subscriber.stop()));
  await untilNobodyListens(product);
});
afterAll(() => product.stop());

/** What each is shown of a step: what happened, and what they see of the inquiry since. */
interface Step {
  readonly does: () => Promise<unknown>;
  readonly admin: readonly string[];
  readonly operator?: readonly string[];
  readonly otherOperator?: readonly string[];
}

describe('the feed of changes', () => {
  it('tells an operator of what they have until they have it no more, and those who read all of everything', async () => {
    const followers = {
      admin: await follow(actors.admin.token),
      operator: await follow(actors.operator.token),
      otherOperator: await follow(actors.otherOperator.token),
    };
    let id = '';
    const status = (value: InquiryStatus) => (work: Work) =>
      changeInquiryStatus(work, { inquiryId: id, status: value });
    const give = (operator: string) => (work: Work) =>
      assignInquiry(work, { inquiryId: id, operatorId: encodeId('Operator', operator) });
    const steps: Step[] = [
      {
        does: async () => {
          id = await world.register(toAlisa);
        },
        admin: ['REGISTERED null ACTIVE of Alisa', 'ASSIGNED null ACTIVE of Alisa'],
        operator: ['ASSIGNED null ACTIVE of Alisa'],
      },
      {
        does: () => as('operator', (work) => acceptInquiry(work, { inquiryId: id })),
        admin: ['ACCEPTED null ACTIVE of Alisa'],
        operator: ['ACCEPTED null ACTIVE of Alisa'],
      },
      {
        does: () => as('operator', (work) => answerInquiry(work, { inquiryId: id })),
        admin: ['ANSWERED null ACTIVE of Alisa'],
        operator: ['ANSWERED null ACTIVE of Alisa'],
      },
      {
        does: () => as('admin', (work) => changeInquiryPriority(work, { inquiryId: id, priority: 5 })),
        admin: ['PRIORITY_CHANGED null ACTIVE of Alisa'],
        operator: ['PRIORITY_CHANGED null ACTIVE of Alisa'],
      },
      {
        // It went to somebody else: all that is left of it is its id.
        does: () => as('admin', give(boris)),
        admin: ['MOVED null ACTIVE of Boris'],
        operator: ['MOVED null none'],
        otherOperator: ['MOVED null ACTIVE of Boris'],
      },
      {
        // Boris takes no inquiries of the source, and does not see those that wait in it.
        does: () => as('admin', (work) => returnInquiry(work, { inquiryId: id })),
        admin: ['RELEASED HANDED_BACK ACTIVE of nobody'],
        otherOperator: ['RELEASED HANDED_BACK none'],
      },
      { does: handOutAll, admin: ['ASSIGNED null ACTIVE of Alisa'], operator: ['ASSIGNED null ACTIVE of Alisa'] },
      {
        does: () => as('operator', (work) => declineInquiry(work, { inquiryId: id })),
        admin: ['RELEASED DECLINED ACTIVE of nobody'],
        operator: ['RELEASED DECLINED ACTIVE of nobody'],
      },
      { does: handOutAll, admin: ['ASSIGNED null ACTIVE of Alisa'], operator: ['ASSIGNED null ACTIVE of Alisa'] },
      {
        does: () => as('operator', status(InquiryStatus.CLOSED)),
        admin: ['CLOSED null CLOSED of Alisa'],
        operator: ['CLOSED null CLOSED of Alisa'],
      },
      {
        does: () => as('admin', status(InquiryStatus.ACTIVE)),
        admin: ['REOPENED null ACTIVE of nobody'],
        operator: ['REOPENED null ACTIVE of nobody'],
      },
      // Nobody has it: of the operators nobody is told.
      { does: () => as('admin', status(InquiryStatus.REJECTED)), admin: ['REJECTED null REJECTED of nobody'] },
    ];
    const expected = { admin: [] as string[], operator: [] as string[], otherOperator: [] as string[] };
    for (const step of steps) {
      await step.does();
      // Each is read before the next is done: a message shows what there is when it is made.
      for (const who of ['admin', 'operator', 'otherOperator'] as const) {
        expected[who].push(...(step[who] ?? []));
        await followers[who].until(expected[who].length);
      }
    }
    for (const [who, { events }] of Object.entries(followers)) {
      const seen = events.map(({ inquiryChanged: { kind, end, inquiryId, inquiry } }) => {
        expect(inquiryId).toBe(id);
        if (!inquiry) return `${kind} ${end} none`;
        expect(inquiry.id).toBe(id);
        return `${kind} ${end} ${inquiry.status} of ${inquiry.operator?.alias ?? 'nobody'}`;
      });
      expect([who, ...seen]).toEqual([who, ...expected[who as keyof typeof expected]]);
    }
  });

  it('keeps to its filter', async () => {
    const own = await world.source([alisa]);
    const id = await registered(own);
    const [ofInquiry, ofSource, ofOperator, ofKinds] = await Promise.all(
      [
        { inquiryId: id },
        { sourceId: encodeId('Source', own) },
        { operatorId: encodeId('Operator', boris) },
        { kinds: ['CLOSED', 'RELEASED'], sourceId: encodeId('Source', own) },
      ].map((filter) => follow(actors.supervisor.token, { filter })),
    );
    await as('admin', (work) => assignInquiry(work, { inquiryId: id, operatorId: encodeId('Operator', boris) }));
    await as('admin', (work) => returnInquiry(work, { inquiryId: id }));
    await handOutAll();
    await as('operator', (work) => changeInquiryStatus(work, { inquiryId: id, status: InquiryStatus.CLOSED }));
    await world.register(own);
    await world.register(toBoris);
    await ofSource!.until(6);
    await ofInquiry!.until(4);
    await ofOperator!.until(3);
    await ofKinds!.until(2);
    expect(kindsOf(ofInquiry!)).toEqual(['MOVED', 'RELEASED', 'ASSIGNED', 'CLOSED']);
    expect(kindsOf(ofSource!)).toEqual(['MOVED', 'RELEASED', 'ASSIGNED', 'CLOSED', 'REGISTERED', 'ASSIGNED']);
    expect(kindsOf(ofOperator!)).toEqual(['MOVED', 'RELEASED', 'ASSIGNED']);
    expect(kindsOf(ofKinds!)).toEqual(['RELEASED', 'CLOSED']);
  });

  it('does not tell an operator, through its filter, who has what was theirs', async () => {
    const guess = await follow(actors.operator.token, { filter: { operatorId: encodeId('Operator', boris) } });
    const own = await follow(actors.operator.token, { filter: { operatorId: encodeId('Operator', alisa) } });
    const id = await world.register(toAlisa);
    await as('admin', (work) => assignInquiry(work, { inquiryId: id, operatorId: encodeId('Operator', boris) }));
    await own.until(2);
    await world.register(toAlisa);
    await own.until(3);
    expect(kindsOf(own)).toEqual(['ASSIGNED', 'MOVED', 'ASSIGNED']);
    expect(guess.events).toEqual([]);
  });

  it('goes on behind a cursor, also with what was taken away meanwhile', async () => {
    const first = await follow(actors.operator.token);
    const id = await world.register(toAlisa);
    const [assigned] = await first.until(1);
    await first.stop();
    await untilNobodyListens(product);
    await as('admin', (work) => assignInquiry(work, { inquiryId: id, operatorId: encodeId('Operator', boris) }));
    await as('otherOperator', (work) => changeInquiryStatus(work, { inquiryId: id, status: InquiryStatus.CLOSED }));
    const second = await follow(actors.operator.token, { after: assigned!.inquiryChanged.cursor });
    await second.until(1);
    const next = await world.register(toAlisa);
    await second.until(2);
    expect(second.events.map(({ inquiryChanged: { kind, inquiryId } }) => [kind, inquiryId])).toEqual([
      ['MOVED', id],
      ['ASSIGNED', next],
    ]);
  });

  it('tells who follows a lead that its inquiries are of another since, which it was merged into', async () => {
    const id = await registered(toBoris);
    const kept = await registered(toBoris);
    const leadOf = async (inquiryId: string) => {
      const [row] = await product.database.rows(
        sql<{ lead_id: string }>`select lead_id from inquiry where id = ${decodeId(inquiryId)!.key}`,
      );
      return encodeId('Lead', row!.lead_id);
    };
    const [mergedId, keptId] = [await leadOf(id), await leadOf(kept)];
    const ofMerged = await follow(actors.admin.token, { filter: { leadId: mergedId } });
    const ofKept = await follow(actors.admin.token, { filter: { leadId: keptId } });
    const operator = await follow(actors.otherOperator.token);
    await as('admin', (work) => mergeLeads(work, { keptId, mergedId }));
    await as('otherOperator', (work) => changeInquiryStatus(work, { inquiryId: id, status: InquiryStatus.CLOSED }));
    await ofKept.until(2);
    await operator.until(2);
    await ofMerged.until(1);
    expect([kindsOf(ofMerged), kindsOf(ofKept), kindsOf(operator)]).toEqual([
      ['LEAD_CHANGED'],
      ['LEAD_CHANGED', 'CLOSED'],
      ['LEAD_CHANGED', 'CLOSED'],
    ]);
  });

  it('is refused to customers, and to partners without the scope', async () => {
    const stranger = await signInPartner(product.database, ['calls:read', 'inquiries:write']);
    for (const { token } of [actors.customer, stranger]) {
      const refused = await subscribe(product, CHANGED, { token });
      await refused.untilEnded();
      expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      await refused.stop();
    }
  });

  it('leaves out no kind of what happens to inquiries', () => {
    const data = { status: 'CLOSED' };
    const untold = Object.keys(DISTRIBUTION_EVENT_KINDS).filter((kind) => {
      const event = { kind, data, subject: { kind: 'Inquiry', id: '1', version: 1 } } as never;
      const told = [inquiryAssignedOf, inquiryChangedOf, inquiryDeadlineOf].some((read) => read(event));
      return kind.startsWith('inquiry.') && !told;
    });
    expect(untold).toEqual([]);
  });
});
