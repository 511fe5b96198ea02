import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { addDays } from '../../src/services/shared/time/calendar.js';
import { distributionFaults } from '../support/distribution-checks.js';
import { startTestDistributor, type TestDistributor } from '../support/distributor.js';
import { until } from '../support/load-process.js';
import { type Product, startProduct } from '../support/product.js';
import { createGroup, signInUser } from '../support/sign-ins.js';
import { type Subscriber, subscribe } from '../support/subscribe.js';

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly message: string;
  readonly acceptBy: string | null;
  readonly operator: { readonly id: string } | null;
}

interface Assigned {
  inquiryAssigned: { cursor: string; inquiry: Shown | null; way: string; acceptBy: string | null };
}

interface Changed {
  inquiryChanged: { kind: string; end: string | null; inquiryId: string; inquiry: Shown | null };
}

interface QueueChanged {
  inquiryQueue: { source: { id: string }; queue: { length: number; longestSince: string | null } };
}

const INQUIRY = 'id status message acceptBy operator { id }';
const OWN = `query ($id: ID!) { feedCursor
  inquiries(first: 100, filter: { operatorId: $id, status: ACTIVE }) { nodes { ${INQUIRY} } } }`;
const ASSIGNED = `subscription ($after: Cursor) { inquiryAssigned(after: $after) {
  cursor way acceptBy inquiry { ${INQUIRY} } } }`;
const CHANGED = `subscription ($after: Cursor) { inquiryChanged(after: $after) {
  kind end inquiryId inquiry { ${INQUIRY} } } }`;
const QUEUE = 'subscription { inquiryQueue { source { id } queue { length longestSince } } }';

const PASSWORD = 'a good password';

let product: Product;
let distributor: TestDistributor;
let admin: string;
let supervisor: string;
let bot: string;
let sourceId: string;
let alisa: CallScreen;
let boris: CallScreen;
let queues: Subscriber<QueueChanged>;

/** What is answered to somebody; errors fail the test. */
async function ask(token: string, document: string, variables: object = {}) {
  const { data, errors } = await product.graphql(document, variables, token);
  expect(errors).toBeUndefined();
  return data;
}

/** What a mutation answers, `shown` of it; a refusal fails the test. */
async function does(token: string, name: string, input: object, shown: string) {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${name}(input: $input) { ${shown} errors { code message path } } }`;
  const { [name]: payload } = await ask(token, document, { input });
  expect([name, payload.errors]).toEqual([name, []]);
  return payload;
}

/** An operator's screen, as docs/live.md has it: what rings, and the list that is kept by changes. */
class CallScreen {
  private constructor(
    readonly token: string,
    readonly operatorId: string,
    private readonly snapshot: readonly Shown[],
    private readonly ringing: Subscriber<Assigned>,
    readonly changes: Subscriber<Changed>,
  ) {}

  static async open(token: string, operatorId: string): Promise<CallScreen> {
    const { feedCursor, inquiries } = await ask(token, OWN, { id: operatorId });
    const options = { token, variables: { after: feedCursor } };
    const ringing = await subscribe<Assigned>(product, ASSIGNED, options);
    const changes = await subscribe<Changed>(product, CHANGED, options);
    return new CallScreen(token, operatorId, inquiries.nodes, ringing, changes);
  }

  /** The ids of what is on the list, in the order in which it came. */
  get list(): string[] {
    const list = new Set(this.snapshot.map(({ id }) => id));
    for (const { inquiryChanged } of this.changes.events) {
      const { inquiryId, inquiry } = inquiryChanged;
      if (inquiry?.status === 'ACTIVE' && inquiry.operator?.id === this.operatorId) list.add(inquiryId);
      else list.delete(inquiryId);
    }
    return [...list];
  }

  /** What came to ring, in order; the two subscriptions have each its own pace. */
  get rang(): (string | undefined)[] {
    return this.ringing.events.map(({ inquiryAssigned }) => inquiryAssigned.inquiry?.id);
  }

  untilRang(count: number): Promise<void> {
    return until(async () => this.rang.length === count, `${count} to ring; ${this.rang.length} did`);
  }

  untilListed(count: number): Promise<void> {
    return until(async () => this.list.length === count, `${count} on the list; ${this.list.length} are there`);
  }

  async close(): Promise<void> {
    expect([...this.ringing.errors, ...this.changes.errors]).toEqual([]);
    await Promise.all([this.ringing.stop(), this.changes.stop()]);
  }
}

/** What came from the bot, each of somebody else. */
const registered: string[] = [];
async function register(): Promise<string> {
  const n = registered.length + 1;
  const input = {
    source: 'SITE chat',
    externalId: `visitor-${n}`,
    phone: `8 (900) 555-00-${String(n).padStart(2, '0')}`,
    message: `Question ${n}`,
    idempotencyKey: `message-${n}`,
  };
  const { inquiry } = await does(
    bot,
    'registerInquiry',
    input,
    'inquiry { id status lead { phone } operator { alias } }',
  );
  expect(inquiry.lead.phone).toBe(`+790055500${String(n).padStart(2, '0')}`);
  registered.push(inquiry.id);
  // The bot's own network fails at times: what it sends again is the same inquiry.
  expect((await does(bot, 'registerInquiry', input, 'inquiry { id }')).inquiry.id).toBe(inquiry.id);
  return inquiry.id;
}

/** An operator who takes at most two inquiries at once, at their screen. */
async function makeOperator(alias: string, groupId: string, phone: string): Promise<CallScreen> {
  const email = `${alias.toLowerCase()}@test.example`;
  const input = { alias, fullName: `Petrova ${alias}`, email, phone, maxLoad: 2 };
  const { operator, invitation } = await does(
    admin,
    'registerOperator',
    { ...input, groupId: encodeId('UserGroup', groupId) },
    'operator { id } invitation { token }',
  );
  await does(admin, 'setSourceWeight', { sourceId, operatorId: operator.id, weight: 10 }, 'weight { weight }');
  const { data } = await product.graphql(
    'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { session { accessToken } errors { code } } }',
    { input: { token: invitation.token, password: PASSWORD } },
  );
  return CallScreen.open(data.acceptInvitation.session.accessToken, operator.id);
}

const queueLength = () => queues.events.at(-1)?.inquiryQueue.queue.length;
const untilQueued = (length: number) =>
  until(async () => queueLength() === length, `a queue of ${length}; it is ${queueLength()}`);
const waitingNow = async () => {
  const { source } = await ask(supervisor, 'query ($id: ID!) { source(id: $id) { queue { length } } }', {
    id: sourceId,
  });
  return source.queue.length;
};
/** That each screen shows what the database says, and that nothing is wrong with that. */
async function screensAgree(): Promise<void> {
  for (const screen of [alisa, boris]) {
    const { inquiries } = await ask(screen.token, OWN, { id: screen.operatorId });
    expect([...screen.list].sort()).toEqual(inquiries.nodes.map(({ id }: Shown) => id).sort());
  }
  expect(await distributionFaults(product.database)).toEqual([]);
}

beforeAll(async () => {
  product = await startProduct();
  distributor = await startTestDistributor(product);
  admin = (await signInUser(product.database, { role: 'admin' })).token;
});
afterAll(async () => {
  await Promise.all([alisa?.close(), boris?.close(), queues?.stop()]);
  await distributor.stop();
  expect(distributor.failures).toEqual([]);
  await product.stop();
});

describe('a day of a contact centre', () => {
  it('begins with a source, its operators and their weights, and a key for the bot', async () => {
    const groupId = await createGroup(product.database, 'The desk');
    supervisor = (await signInUser(product.database, { role: 'supervisor', supervises: [groupId] })).token;
    const { source } = await does(
      admin,
      'createSource',
      {
        name: 'Site chat',
        asksPresence: true,
        acceptWithinSeconds: 600,
        answerWithinSeconds: 3_600,
        warnBeforeSeconds: 60,
      },
      'source { id queue { length } }',
    );
    expect(source.queue.length).toBe(0);
    sourceId = source.id;
    alisa = await makeOperator('Alisa', groupId, '+79006660001');
    boris = await makeOperator('Boris', groupId, '+79006660002');
    // Who accepts an invitation is online: they go home for the night.
    for (const { token } of [alisa, boris])
      await does(token, 'setPresence', { presence: 'OFFLINE' }, 'user { presence }');
    const scopes = ['inquiries:read', 'inquiries:write'];
    bot = (await does(admin, 'createPartnerKey', { name: 'The bot', scopes }, 'secret')).secret;
    queues = await subscribe<QueueChanged>(product, QUEUE, { token: supervisor });
  });

  it('lets what comes at night wait, since nobody is there, and the supervisor sees it', async () => {
    const id = await register();
    await untilQueued(1);
    const { inquiry } = await ask(supervisor, 'query ($id: ID!) { inquiry(id: $id) { waitingReason waitingSince } }', {
      id,
    });
    expect(inquiry.waitingReason).toBe('NOBODY_PRESENT');
    expect(queues.events.at(-1)!.inquiryQueue.queue.longestSince).toBe(inquiry.waitingSince);
    expect([...alisa.rang, ...boris.rang]).toEqual([]);
  });

  it('rings at the first who comes, who declines it, and then at the other', async () => {
    const [night] = registered;
    await does(alisa.token, 'setPresence', { presence: 'ONLINE' }, 'user { presence }');
    await alisa.untilListed(1);
    await alisa.untilRang(1);
    expect(alisa.rang).toEqual([night]);
    await untilQueued(0);
    await does(boris.token, 'setPresence', { presence: 'WORKING' }, 'user { presence }');
    await does(alisa.token, 'declineInquiry', { inquiryId: night }, 'inquiry { id }');
    await boris.untilListed(1);
    await alisa.untilListed(0);
    await boris.untilRang(1);
    expect(boris.rang).toEqual([night]);
    const declined = alisa.changes.events.map(({ inquiryChanged: { kind, end } }) => [kind, end]);
    expect(declined).toEqual([
      ['ASSIGNED', null],
      ['RELEASED', 'DECLINED'],
    ]);
    await does(boris.token, 'acceptInquiry', { inquiryId: night }, 'inquiry { acceptBy }');
    await does(boris.token, 'answerInquiry', { inquiryId: night }, 'inquiry { answeredAt }');
    await screensAgree();
  });

  it('fills both up to their limits by noon, and the rest waits', async () => {
    for (let n = 0; n < 6; n += 1) await register();
    await Promise.all([alisa.untilListed(2), boris.untilListed(2)]);
    await untilQueued(3);
    expect(await waitingNow()).toBe(3);
    await screensAgree();
  });

  it('brings what has waited longest to who closes one', async () => {
    const [oldest] = registered.slice(-3);
    const [done] = boris.list;
    await does(boris.token, 'changeInquiryStatus', { inquiryId: done, status: 'CLOSED' }, 'inquiry { status }');
    await until(async () => boris.list.includes(oldest!), 'the oldest to come');
    expect(boris.list).not.toContain(done);
    await until(async () => boris.rang.at(-1) === oldest, 'the oldest to ring');
    await untilQueued(2);
    await screensAgree();
  });

  it('lets the supervisor move one by hand, which vanishes from one screen and appears on the other', async () => {
    await does(supervisor, 'changeOperatorLimit', { operatorId: alisa.operatorId, maxLoad: 3 }, 'operator { maxLoad }');
    // Room for one more is taken at once by who waits.
    await alisa.untilListed(3);
    await untilQueued(1);
    const [closed, moved] = [alisa.list[0]!, boris.list[0]!];
    await does(supervisor, 'changeOperatorLimit', { operatorId: alisa.operatorId, maxLoad: 4 }, 'operator { maxLoad }');
    await alisa.untilListed(4);
    await untilQueued(0);
    await does(alisa.token, 'changeInquiryStatus', { inquiryId: closed, status: 'CLOSED' }, 'inquiry { status }');
    await alisa.untilListed(3);
    await does(supervisor, 'assignInquiry', { inquiryId: moved, operatorId: alisa.operatorId }, 'inquiry { id }');
    await alisa.untilListed(4);
    await boris.untilListed(1);
    expect(alisa.list).toContain(moved);
    expect(boris.changes.events.at(-1)).toEqual({
      inquiryChanged: { kind: 'MOVED', end: null, inquiryId: moved, inquiry: null },
    });
    await screensAgree();
  });

  it('hands on what somebody has who goes off shift, or keeps it until somebody is free', async () => {
    const [left] = boris.list;
    await does(admin, 'changeOperator', { operatorId: boris.operatorId, active: false }, 'operator { active }');
    await boris.untilListed(0);
    await untilQueued(1);
    expect(boris.changes.events.at(-1)!.inquiryChanged).toMatchObject({ kind: 'RELEASED', end: 'OPERATOR_LEFT' });
    const [done] = alisa.list;
    await does(alisa.token, 'changeInquiryStatus', { inquiryId: done, status: 'REJECTED' }, 'inquiry { status }');
    await until(async () => alisa.list.includes(left!), 'what was left to come');
    await untilQueued(0);
    await screensAgree();
  });

  it('ends with nothing open, and with figures that add up', async () => {
    for (const inquiryId of alisa.list) {
      await does(alisa.token, 'changeInquiryStatus', { inquiryId, status: 'CLOSED' }, 'inquiry { status }');
    }
    await alisa.untilListed(0);
    expect(await waitingNow()).toBe(0);
    await screensAgree();
    const today = product.database.settings.calendar.dayOf(new Date());
    const period = { id: sourceId, from: addDays(today, -1), to: today };
    const { source } = await ask(
      supervisor,
      `query ($id: ID!, $from: LocalDate!, $to: LocalDate!) { source(id: $id) { statistics(from: $from, to: $to) {
        registered waiting assigned declined assignedByHand assignedByChance operators { operator { id } } } } }`,
      period,
    );
    // Seven came; the declined, the moved and the one that was left went out once more.
    expect(source.statistics).toMatchObject({
      registered: 7,
      waiting: 0,
      assigned: 10,
      declined: 1,
      assignedByHand: 1,
      assignedByChance: 9,
    });
    // Each ring was an assignment, and each assignment rang.
    await until(async () => alisa.rang.length + boris.rang.length >= 10, 'all to have rung');
    expect(alisa.rang.length + boris.rang.length).toBe(10);
    expect(new Set([...alisa.rang, ...boris.rang])).toEqual(new Set(registered));
  });
});
