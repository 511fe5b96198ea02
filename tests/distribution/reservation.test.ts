import { sql } from 'kysely';
import { expireOffers } from '../../src/services/distribution/expire-offers.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { distributionFaults } from '../support/distribution-checks.js';
import { signInUser } from '../support/sign-ins.js';
import { Desk, type DeskOperator } from './desk.js';

const WITHIN = 60;

let desk: Desk;
/** A source that offers its inquiries to two operators. */
let source: string;
let anna: DeskOperator;
let boris: DeskOperator;

beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(async () => {
  source = await desk.source({ acceptWithinSeconds: WITHIN });
  anna = await desk.operator(5, { sources: [source] });
  boris = await desk.operator(5, { sources: [source] });
});
afterEach(async () => {
  expect(await distributionFaults(desk.product.database, { resting: false })).toEqual([]);
});
afterAll(() => desk.close());

/** An inquiry that is offered to somebody, and who they are. */
async function offered(): Promise<{ id: string; to: DeskOperator; other: DeskOperator }> {
  const id = await desk.inquiry(source);
  const { operator, acceptBy } = (await desk.read(id, 'operator { id } acceptBy')) as {
    operator: { id: string };
    acceptBy: string;
  };
  expect(acceptBy).toEqual(expect.any(String));
  return operator.id === anna.id ? { id, to: anna, other: boris } : { id, to: boris, other: anna };
}

const accept = (inquiryId: string, { token }: DeskOperator) => desk.do('acceptInquiry', { inquiryId }, token);
const decline = (inquiryId: string, { token }: DeskOperator) => desk.do('declineInquiry', { inquiryId }, token);
const answer = (inquiryId: string, token?: string) => desk.do('answerInquiry', { inquiryId }, token);

describe('an offer that is accepted', () => {
  it('is the operator’s from then on', async () => {
    const { id, to } = await offered();
    const done = await desk.do('acceptInquiry', { inquiryId: id }, to.token, 'operator { id } acceptBy');
    expect(done).toMatchObject({ inquiry: { operator: { id: to.id }, acceptBy: null }, errors: [] });
    expect(await desk.assignments(id, 'acceptBy acceptedAt end')).toEqual([
      { acceptBy: expect.any(String), acceptedAt: expect.any(String), end: null },
    ]);
    expect(await desk.told(id)).toEqual(['inquiry.registered', 'inquiry.assigned', 'inquiry.accepted']);
  });

  it('changes nothing the second time, also when the offer would have run out by then', async () => {
    const { id, to } = await offered();
    await accept(id, to);
    const before = await desk.assignments(id, 'acceptedAt');
    await desk.pass(WITHIN + 1);
    expect(await accept(id, to)).toMatchObject({ inquiry: { id }, errors: [] });
    expect(await desk.assignments(id, 'acceptedAt')).toEqual(before);
    expect(await desk.told(id)).toHaveLength(3);
  });

  it('is accepted in time, or not at all', async () => {
    const { id, to } = await offered();
    await desk.pass(WITHIN + 1);
    const { errors, messages } = await accept(id, to);
    expect(errors).toEqual(['STATE_NOT_ALLOWED input.inquiryId']);
    expect(messages).toEqual(['The time to accept this inquiry is over.']);
    expect(await desk.assignments(id, 'acceptedAt end')).toEqual([{ acceptedAt: null, end: null }]);
  });

  it('cannot be declined any more', async () => {
    const { id, to } = await offered();
    await accept(id, to);
    expect((await decline(id, to)).errors).toEqual(['STATE_NOT_ALLOWED input.inquiryId']);
    expect(await desk.read(id, 'operator { id } passes')).toEqual({ operator: { id: to.id }, passes: 0 });
  });
});

describe('what was not offered', () => {
  it('cannot be accepted nor declined: it is theirs at once, waits, or has ended', async () => {
    const plain = await desk.source();
    const waiting = await desk.inquiry(plain);
    const one = await desk.operator(5, { sources: [plain] });
    const theirs = await desk.inquiry(plain);
    expect(await desk.read(theirs, 'operator { id }')).toEqual({ operator: null });
    await desk.assign(theirs, one);
    const ended = await desk.inquiry(source);
    await desk.setStatus(ended, 'CLOSED');
    const had = (await desk.read(ended, 'operator { id }'))!.operator as { id: string };
    const holder = had.id === anna.id ? anna : boris;
    for (const [id, who] of [
      [waiting, one],
      [theirs, one],
      [ended, holder],
    ] as const) {
      expect((await accept(id, who)).errors).toEqual(['STATE_NOT_ALLOWED input.inquiryId']);
      expect((await decline(id, who)).errors).toEqual(['STATE_NOT_ALLOWED input.inquiryId']);
    }
  });

  it('is not there for another operator, and for a supervisor it is not theirs to accept', async () => {
    const { id, other } = await offered();
    expect((await accept(id, other)).errors).toEqual(['NOT_FOUND input.inquiryId']);
    expect((await decline(id, other)).errors).toEqual(['NOT_FOUND input.inquiryId']);
    const supervisor = await signInUser(desk.product.database, { role: 'supervisor', operator: {} });
    for (const name of ['acceptInquiry', 'declineInquiry']) {
      const { errors } = await desk.do(name, { inquiryId: id }, supervisor.token);
      expect(errors).toEqual(['STATE_NOT_ALLOWED input.inquiryId']);
    }
  });

  it('is accepted by a supervisor too when it is offered to them', async () => {
    const own = await desk.source({ acceptWithinSeconds: WITHIN });
    const { actor, token } = await signInUser(desk.product.database, { role: 'supervisor', operator: {} });
    await desk.rows(sql`
      insert into source_weight (source_id, operator_id, weight) values (${own}, ${actor.operatorId}, 1)`);
    const id = await desk.inquiry(own);
    expect((await desk.do('acceptInquiry', { inquiryId: id }, token)).errors).toEqual([]);
  });
});

describe('an offer that is declined', () => {
  it('moves on, and goes to the others first', async () => {
    const { id, to, other } = await offered();
    const done = await desk.do('declineInquiry', { inquiryId: id }, to.token, 'operator { id } passes waitingReason');
    expect(done).toMatchObject({ inquiry: { operator: null, passes: 1, waitingReason: 'HANDED_BACK' }, errors: [] });
    expect(await desk.load(to)).toBe(0);
    expect(await desk.told(id)).toEqual(['inquiry.registered', 'inquiry.assigned', 'inquiry.released']);
    expect((await decline(id, to)).errors).toEqual(['STATE_NOT_ALLOWED input.inquiryId']);
    await desk.distribute();
    expect(await desk.read(id, 'operator { id }')).toEqual({ operator: { id: other.id } });
    expect(await desk.assignments(id)).toEqual([
      { way: 'CHANCE', end: 'DECLINED' },
      { way: 'CHANCE', end: null },
    ]);
  });

  it('may be declined late too, while it has not moved on', async () => {
    const { id, to } = await offered();
    await desk.pass(WITHIN + 1);
    expect((await decline(id, to)).errors).toEqual([]);
    expect(await desk.assignments(id)).toEqual([{ way: 'CHANCE', end: 'DECLINED' }]);
  });
});

describe('an offer that is answered', () => {
  it('is accepted by it', async () => {
    const { id, to } = await offered();
    expect((await answer(id, to.token)).errors).toEqual([]);
    expect(await desk.read(id, 'acceptBy answeredAt')).toEqual({ acceptBy: null, answeredAt: expect.any(String) });
    expect(await desk.assignments(id, 'acceptedAt')).toEqual([{ acceptedAt: expect.any(String) }]);
    expect((await desk.told(id)).slice(2)).toEqual(['inquiry.accepted', 'inquiry.answered']);
  });

  it('must be answered by its operator in time', async () => {
    const { id, to } = await offered();
    await desk.pass(WITHIN + 1);
    expect((await answer(id, to.token)).errors).toEqual(['STATE_NOT_ALLOWED input.inquiryId']);
    expect(await desk.read(id, 'answeredAt')).toEqual({ answeredAt: null });
  });

  it('moves on all the same when somebody else says late that it was answered', async () => {
    const { id } = await offered();
    await desk.pass(WITHIN + 1);
    expect((await answer(id)).errors).toEqual([]);
    expect(await desk.read(id, 'answeredAt acceptBy')).toEqual({
      answeredAt: expect.any(String),
      acceptBy: expect.any(String),
    });
    await desk.product.database.transact(systemActor('test'), (work) => expireOffers(work, 100));
    expect(await desk.assignments(id)).toEqual([{ way: 'CHANCE', end: 'NOT_ACCEPTED' }]);
    expect((await desk.told(id)).slice(2)).toEqual(['inquiry.answered', 'inquiry.released']);
  });
});
