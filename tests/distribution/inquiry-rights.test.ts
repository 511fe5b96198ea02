import { sql } from 'kysely';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { distributionFaults } from '../support/distribution-checks.js';
import { createGroup, signInPartner, signInUser } from '../support/sign-ins.js';
import { Desk, type DeskOperator } from './desk.js';
import { manage } from './manage.js';

let desk: Desk;
let source: string;
/** In the supervisor's group. */
let anna: DeskOperator;
let colleague: DeskOperator;
/** In another group, and in none. */
let boris: DeskOperator;
let clara: DeskOperator;
let supervisor: string;

beforeAll(async () => {
  desk = await Desk.open();
  const { database } = desk.product;
  const [groupId, otherGroupId] = [await createGroup(database), await createGroup(database)];
  source = await desk.source();
  anna = await desk.operator(50, { groupId, sources: [source] });
  colleague = await desk.operator(50, { groupId });
  boris = await desk.operator(50, { groupId: otherGroupId });
  clara = await desk.operator(50);
  supervisor = (await signInUser(database, { role: 'supervisor', supervises: [groupId] })).token;
  await desk.rows(sql`update source_weight set weight = 0`);
});
afterAll(async () => {
  expect(await distributionFaults(desk.product.database, { resting: false })).toEqual([]);
  await desk.close();
});

/** An inquiry that waits, or that somebody was given. */
async function inquiryOf(operator?: DeskOperator): Promise<string> {
  const id = await desk.inquiry(source);
  if (operator) await desk.assign(id, operator);
  return id;
}

const errorsOf = async (name: string, input: object, token: string) => (await desk.do(name, input, token)).errors;

describe('an operator', () => {
  it('closes, reopens and answers what is theirs', async () => {
    const id = await inquiryOf(anna);
    expect(await errorsOf('answerInquiry', { inquiryId: id }, anna.token)).toEqual([]);
    expect(await desk.setStatus(id, 'CLOSED', anna.token)).toMatchObject({ inquiry: { status: 'CLOSED' }, errors: [] });
    expect((await desk.setStatus(id, 'REJECTED', anna.token)).errors).toEqual([]);
    expect((await desk.setStatus(id, 'ACTIVE', anna.token)).errors).toEqual([]);
    expect(await desk.read(id, 'status operator { id }')).toEqual({ status: 'ACTIVE', operator: null });
  });

  it('does not close nor answer what waits, though they see it', async () => {
    const id = await inquiryOf();
    expect(await desk.read(id, 'id', anna.token)).toEqual({ id });
    expect((await desk.setStatus(id, 'CLOSED', anna.token)).errors).toEqual(['FORBIDDEN']);
    expect(await errorsOf('answerInquiry', { inquiryId: id }, anna.token)).toEqual(['FORBIDDEN']);
    expect(await desk.read(id, 'status answeredAt')).toEqual({ status: 'ACTIVE', answeredAt: null });
  });

  it('does not find what is another’s, also where it was theirs before', async () => {
    const id = await inquiryOf(anna);
    await desk.assign(id, boris);
    expect((await desk.setStatus(id, 'CLOSED', anna.token)).errors).toEqual(['NOT_FOUND input.inquiryId']);
    expect(await errorsOf('answerInquiry', { inquiryId: id }, anna.token)).toEqual(['NOT_FOUND input.inquiryId']);
    expect((await desk.setStatus(id, 'CLOSED', boris.token)).errors).toEqual([]);
  });

  it('gives nothing to anybody, and changes no priority', async () => {
    const id = await inquiryOf(anna);
    const input = { inquiryId: id, operatorId: anna.id };
    expect(await errorsOf('assignInquiry', input, anna.token)).toEqual(['FORBIDDEN']);
    expect(await errorsOf('changeInquiryPriority', { inquiryId: id, priority: 1 }, anna.token)).toEqual(['FORBIDDEN']);
    expect(await errorsOf('changeInquirySkills', { inquiryId: id, skills: [] }, anna.token)).toEqual(['FORBIDDEN']);
  });

  it('gives up what they accepted, and neither what waits nor what is another’s', async () => {
    const id = await inquiryOf(anna);
    expect(await errorsOf('returnInquiry', { inquiryId: id }, colleague.token)).toEqual(['NOT_FOUND input.inquiryId']);
    expect(await errorsOf('returnInquiry', { inquiryId: id }, anna.token)).toEqual([]);
    expect(await desk.read(id, 'operator { id }')).toEqual({ operator: null });
    expect(await errorsOf('returnInquiry', { inquiryId: id }, anna.token)).toEqual(['FORBIDDEN']);
  });
});

describe('a supervisor', () => {
  it('gives what waits, and what their operators have, to their operators', async () => {
    const id = await inquiryOf();
    expect((await desk.assign(id, anna, supervisor)).errors).toEqual([]);
    expect((await desk.assign(id, colleague, supervisor)).errors).toEqual([]);
    expect(await errorsOf('returnInquiry', { inquiryId: id }, supervisor)).toEqual([]);
  });

  it.each([
    ['of another group', () => boris],
    ['of no group', () => clara],
  ])('gives nothing to an operator %s, and takes nothing from them', async (_which, other) => {
    const waiting = await inquiryOf();
    const refused = await desk.assign(waiting, other(), supervisor);
    expect(refused.errors).toEqual(['FORBIDDEN']);
    expect(refused.messages).toEqual(['You may give inquiries to operators of your groups only.']);
    expect(await desk.read(waiting, 'operator { id }')).toEqual({ operator: null });
    const id = await inquiryOf(other());
    expect((await desk.assign(id, anna, supervisor)).errors).toEqual(['FORBIDDEN']);
    expect(await errorsOf('returnInquiry', { inquiryId: id }, supervisor)).toEqual(['FORBIDDEN']);
    expect(await desk.read(id, 'operator { id }')).toEqual({ operator: { id: other().id } });
  });

  it('closes, answers and orders any', async () => {
    const id = await inquiryOf(boris);
    expect(await errorsOf('answerInquiry', { inquiryId: id }, supervisor)).toEqual([]);
    expect(await errorsOf('changeInquiryPriority', { inquiryId: id, priority: 3 }, supervisor)).toEqual([]);
    expect((await desk.setStatus(id, 'CLOSED', supervisor)).errors).toEqual([]);
  });
});

describe('a partner’s key', () => {
  const CHANGES = [
    ['changeInquiryStatus', { status: 'REJECTED' }],
    ['answerInquiry', {}],
    ['changeInquiryPriority', { priority: 7 }],
    ['changeInquirySkills', { skills: ['english'] }],
  ] as const;

  it.each(CHANGES)(
    'that may write inquiries and not read them finds none for %s, whoever has it',
    async (name, more) => {
      const { token } = await signInPartner(desk.product.database, ['inquiries:write']);
      const fields = 'status answeredAt priority skills operator { id }';
      for (const id of [await inquiryOf(anna), await inquiryOf()]) {
        const before = await desk.read(id, fields);
        expect(await errorsOf(name, { inquiryId: id, ...more }, token)).toEqual(['NOT_FOUND input.inquiryId']);
        expect(await desk.read(id, fields)).toEqual(before);
      }
    },
  );

  it.each(CHANGES)('that may read and write them does %s with any', async (name, more) => {
    const { token } = await signInPartner(desk.product.database, ['inquiries:write', 'inquiries:read']);
    const id = await inquiryOf(anna);
    expect(await desk.do(name, { inquiryId: id, ...more }, token)).toMatchObject({ inquiry: { id }, errors: [] });
  });

  it('sees who had an inquiry, and not how busy they were; a supervisor sees that too, an operator their own', async () => {
    const id = await inquiryOf(boris);
    const { token } = await signInPartner(desk.product.database, ['inquiries:read']);
    const seenBy = async (as: string) => {
      const read = await desk.read(id, 'assignments { nodes { way load maxLoad operator { alias } } }', as);
      return (read!.assignments as { nodes: object[] }).nodes;
    };
    const operator = { alias: expect.any(String) };
    expect(await seenBy(token)).toEqual([{ way: 'BY_HAND', load: null, maxLoad: null, operator }]);
    for (const as of [supervisor, boris.token]) {
      expect(await seenBy(as)).toEqual([{ way: 'BY_HAND', load: expect.any(Number), maxLoad: 50, operator }]);
    }
  });

  it('gives nothing to anybody', async () => {
    const { token } = await signInPartner(desk.product.database);
    expect((await desk.assign(await inquiryOf(), anna, token)).errors).toEqual(['FORBIDDEN']);
  });
});

describe('who registers what they may not see', () => {
  it.each([
    [
      'a partner’s key that may only write',
      async () => (await signInPartner(desk.product.database, ['inquiries:write'])).token,
    ],
    ['an operator, for a source that is not theirs', async () => clara.token],
  ])('%s, is told its id and whether it came before, and nothing else of it', async (who, tokenOf) => {
    const token = await tokenOf();
    const input = { source: encodeId('Source', source), externalId: who, idempotencyKey: 'unseen' };
    const register = async (more: object = {}) => {
      const shown = 'inquiry { id } inquiryId repeated';
      return (await manage(desk.product, 'registerInquiry', { ...input, ...more }, shown, token)).payload;
    };
    const first = await register();
    expect(first).toEqual({ inquiry: null, inquiryId: expect.any(String), repeated: false, errors: [] });
    expect(await desk.read(first.inquiryId, 'lead { externalId }')).toEqual({ lead: { externalId: who } });
    expect(await desk.read(first.inquiryId, 'id', token).catch(() => null)).toBeNull();
    expect(await register()).toEqual({ ...first, repeated: true });
    expect(await register({ externalId: 'somebody else' })).toMatchObject({ inquiryId: null, repeated: null });
  });
});
