import { sql } from 'kysely';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { distributionFaults } from '../support/distribution-checks.js';
import { Desk, type DeskOperator, keyOf } from './desk.js';

let desk: Desk;
/** A source whose inquiries wait until somebody gives them to somebody. */
let source: string;
let anna: DeskOperator;
let boris: DeskOperator;

beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(async () => {
  source = await desk.source({ acceptWithinSeconds: 60 });
  [anna, boris] = [await desk.operator(), await desk.operator()];
});
afterEach(async () => {
  expect(await distributionFaults(desk.product.database, { resting: false })).toEqual([]);
});
afterAll(() => desk.close());

const operatorOf = async (id: string) => (await desk.read(id, 'operator { id }'))!.operator;

describe('an inquiry that is given by hand', () => {
  it('is the operator’s at once, with who gave it to them', async () => {
    const id = await desk.inquiry(source);
    const shown = 'operator { id } waitingReason waitingSince acceptBy passes assignedAt';
    const { inquiry, errors } = await desk.do(
      'assignInquiry',
      { inquiryId: id, operatorId: anna.id },
      undefined,
      shown,
    );
    expect(errors).toEqual([]);
    expect(inquiry).toEqual({
      operator: { id: anna.id },
      waitingReason: null,
      waitingSince: null,
      acceptBy: null,
      passes: 0,
      assignedAt: expect.any(String),
    });
    expect(await desk.assignments(id, 'way end load maxLoad acceptBy madeBy { id }')).toEqual([
      {
        way: 'BY_HAND',
        end: null,
        load: 1,
        maxLoad: 5,
        acceptBy: null,
        madeBy: { id: encodeId('User', desk.admin.actor.userId) },
      },
    ]);
    expect(await desk.load(anna)).toBe(1);
    expect(await desk.told(id)).toEqual(['inquiry.registered', 'inquiry.assigned']);
  });

  it('moves from one operator to another, who is told whose it was', async () => {
    const id = await desk.inquiry(source);
    await desk.assign(id, anna);
    expect((await desk.assign(id, boris)).errors).toEqual([]);
    expect(await operatorOf(id)).toEqual({ id: boris.id });
    expect([await desk.load(anna), await desk.load(boris)]).toEqual([0, 1]);
    expect(await desk.assignments(id)).toEqual([
      { way: 'BY_HAND', end: 'MOVED' },
      { way: 'BY_HAND', end: null },
    ]);
    const [event] = await desk.rows<{ data: object }>(sql`
      select data from feed.event where subject_id = ${keyOf(id)} and subject_kind = 'Inquiry' order by position desc limit 1`);
    expect(event!.data).toMatchObject({
      operatorId: boris.key,
      previousOperatorId: anna.key,
      way: 'BY_HAND',
      load: 1,
      maxLoad: 5,
      acceptBy: null,
    });
  });

  it('may be taken from who was offered it, and it is no pass of theirs', async () => {
    const offering = await desk.source({ acceptWithinSeconds: 60 });
    await desk.operator(5, { sources: [offering] });
    const id = await desk.inquiry(offering);
    expect(await desk.read(id, 'acceptBy passes')).toEqual({ acceptBy: expect.any(String), passes: 0 });
    expect((await desk.assign(id, boris)).errors).toEqual([]);
    expect(await desk.read(id, 'acceptBy passes')).toEqual({ acceptBy: null, passes: 0 });
    expect(await desk.assignments(id)).toMatchObject([{ end: 'MOVED' }, { end: null }]);
  });

  it('changes nothing when they have it already', async () => {
    const id = await desk.inquiry(source);
    await desk.assign(id, anna);
    expect(await desk.assign(id, anna)).toMatchObject({ inquiry: { id }, errors: [] });
    expect(await desk.assignments(id)).toHaveLength(1);
    expect(await desk.told(id)).toEqual(['inquiry.registered', 'inquiry.assigned']);
  });

  it('may go to who takes none of the source, is out of hours, away, and lacks the skills', async () => {
    const demanding = await desk.source({ skills: ['french'] });
    const id = await desk.inquiry(demanding);
    await desk.rows(sql`update operator set schedule = '{"MON": null}' where id = ${anna.key}`);
    await desk.rows(sql`update app_user set presence = 'AWAY' where id = ${anna.userId}`);
    expect((await desk.assign(id, anna)).errors).toEqual([]);
    expect(await operatorOf(id)).toEqual({ id: anna.id });
  });

  it('never goes over the limit', async () => {
    const busy = await desk.operator(2);
    const [first, second, third] = [
      await desk.inquiry(source),
      await desk.inquiry(source),
      await desk.inquiry(source),
    ] as const;
    await desk.assign(first, busy);
    await desk.assign(second, busy);
    await desk.assign(third, anna);
    const { inquiry, errors, messages } = await desk.assign(third, busy);
    expect(inquiry).toBeNull();
    expect(errors).toEqual(['LIMIT_EXCEEDED input.operatorId']);
    expect(messages).toEqual(['This operator has 2 inquiries and may have 2 at most.']);
    expect(await operatorOf(third)).toEqual({ id: anna.id });
    expect(await desk.assignments(third)).toEqual([{ way: 'BY_HAND', end: null }]);
    expect([await desk.load(busy), await desk.load(anna)]).toEqual([2, 1]);
  });

  it('does not go to who may have fewer than they have, nor to who may have none', async () => {
    const id = await desk.inquiry(source);
    await desk.assign(await desk.inquiry(source), anna);
    await desk.assign(await desk.inquiry(source), anna);
    await desk.rows(sql`update operator set max_load = 1 where id = ${anna.key}`);
    const { errors, messages } = await desk.assign(id, anna);
    expect(errors).toEqual(['LIMIT_EXCEEDED input.operatorId']);
    expect(messages).toEqual(['This operator has 2 inquiries and may have 1 at most.']);
    const busy = await desk.operator(1);
    await desk.assign(await desk.inquiry(source), busy);
    expect((await desk.assign(id, busy)).messages).toEqual(['This operator has 1 inquiry and may have 1 at most.']);
    expect((await desk.assign(id, await desk.operator(0))).errors).toEqual(['LIMIT_EXCEEDED input.operatorId']);
  });

  it.each([
    ['is not active', sql`update operator set active = false where id = `],
    ['was removed', sql`update operator set active = false, removed_at = now() where id = `],
    [
      'may not sign in',
      sql`update app_user set active = false where id = (select user_id from operator o where o.id = `,
    ],
  ])('does not go to an operator who %s', async (why, update) => {
    const id = await desk.inquiry(source);
    await desk.rows(sql`${update}${anna.key}${why === 'may not sign in' ? sql`)` : sql``}`);
    expect((await desk.assign(id, anna)).errors).toEqual(['STATE_NOT_ALLOWED input.operatorId']);
    expect(await operatorOf(id)).toBeNull();
  });

  it('is not one that has ended', async () => {
    const id = await desk.inquiry(source);
    await desk.setStatus(id, 'CLOSED');
    const { errors, messages } = await desk.assign(id, anna);
    expect(errors).toEqual(['STATE_NOT_ALLOWED input.inquiryId']);
    expect(messages).toEqual(['The inquiry is closed; it must be reopened first.']);
  });

  it('is one that is there, and goes to somebody who is', async () => {
    const id = await desk.inquiry(source);
    const nobody = encodeId('Operator', '999999');
    const nothing = encodeId('Inquiry', '999999');
    const errorsOf = async (inquiryId: string, operatorId: string) =>
      (await desk.do('assignInquiry', { inquiryId, operatorId })).errors;
    expect(await errorsOf(id, nobody)).toEqual(['NOT_FOUND input.operatorId']);
    expect(await errorsOf(nothing, anna.id)).toEqual(['NOT_FOUND input.inquiryId']);
    expect(await errorsOf(anna.id, id)).toEqual(['BAD_USER_INPUT input.inquiryId', 'BAD_USER_INPUT input.operatorId']);
  });
});

describe('an inquiry that is put back', () => {
  it('waits again, is no pass of its operator’s, and may come to them again', async () => {
    const taking = await desk.source();
    const one = await desk.operator(5, { sources: [taking] });
    const id = await desk.inquiry(taking);
    const shown = 'status operator { id } waitingReason passes';
    const { inquiry, errors } = await desk.do('returnInquiry', { inquiryId: id }, undefined, shown);
    expect(errors).toEqual([]);
    expect(inquiry).toEqual({ status: 'ACTIVE', operator: null, waitingReason: 'HANDED_BACK', passes: 0 });
    expect(await desk.load(one)).toBe(0);
    expect(await desk.assignments(id)).toEqual([{ way: 'CHANCE', end: 'HANDED_BACK' }]);
    expect(await desk.told(id)).toEqual(['inquiry.registered', 'inquiry.assigned', 'inquiry.released']);
    expect(await desk.distribute()).toBe(1);
    expect(await operatorOf(id)).toEqual({ id: one.id });
  });

  it('stays as it is when it waits, and when it has ended', async () => {
    const id = await desk.inquiry(source);
    expect((await desk.do('returnInquiry', { inquiryId: id })).errors).toEqual([]);
    expect(await desk.told(id)).toEqual(['inquiry.registered']);
    await desk.setStatus(id, 'REJECTED');
    expect((await desk.do('returnInquiry', { inquiryId: id })).errors).toEqual(['STATE_NOT_ALLOWED input.inquiryId']);
  });
});
