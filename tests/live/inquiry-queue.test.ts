import { sql } from 'kysely';
import { assignInquiry } from '../../src/services/distribution/assign-inquiry.js';
import { decodeId, encodeId } from '../../src/services/shared/ids/global-id.js';
import { sentBy, statementsOf } from '../support/count-statements.js';
import { startTestDistributor, type TestDistributor } from '../support/distributor.js';
import { explain } from '../support/explain.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, signInPartner, signInUser } from '../support/sign-ins.js';
import { type Subscriber, subscribe, untilNobodyListens } from '../support/subscribe.js';
import { InquiryWorld } from './inquiry-world.js';

const QUEUE = `subscription ($filter: InquiryQueueFilter, $after: Cursor) {
  inquiryQueue(filter: $filter, after: $after) { cursor gap { reason } source { id name }
    queue { length longestSince } } }`;
const QUEUES = `query { feedCursor sources(first: 100, orderBy: { field: CREATED_AT, direction: ASC }) {
  nodes { id queue { length longestSince } } } }`;

interface Queue {
  length: number;
  longestSince: string | null;
}

interface QueueData {
  inquiryQueue: { cursor: string; gap: object | null; source: { id: string } | null; queue: Queue };
}

interface QueuesData {
  feedCursor: string;
  sources: { nodes: { id: string; queue: Queue }[] };
}

let product: Product;
let actors: Actors;
let world: InquiryWorld;
let alisa: string;
const open: Subscriber<QueueData>[] = [];

const follow = async (token: string, variables: object = {}) => {
  const subscriber = await subscribe<QueueData>(product, QUEUE, { token, variables: { ...variables } });
  open.push(subscriber);
  return subscriber;
};
/** What was last told of a source's queue; it is told of at most a few times a second. */
const lastOf = ({ events }: Subscriber<QueueData>, sourceId: string) =>
  events.findLast(({ inquiryQueue: { source } }) => source?.id === encodeId('Source', sourceId))?.inquiryQueue.queue;
const untilLength = async (subscriber: Subscriber<QueueData>, sourceId: string, length: number) => {
  await subscriber.untilOne(() => lastOf(subscriber, sourceId)?.length === length);
  return lastOf(subscriber, sourceId)!;
};
const give = (inquiryId: string) =>
  world.do((work) => assignInquiry(work, { inquiryId, operatorId: encodeId('Operator', alisa) }));
const queuesFor = async (token: string) => {
  const { data, errors } = await product.graphql<QueuesData>(QUEUES, {}, token);
  expect(errors).toBeUndefined();
  const { feedCursor, sources } = data!;
  return { feedCursor, queues: new Map(sources.nodes.map(({ id, queue }) => [decodeId(id)!.key, queue])) };
};
/** As the graph shows it. */
async function waitingSince(inquiryId: string): Promise<string> {
  const { data } = await product.graphql(
    'query ($id: ID!) { inquiry(id: $id) { waitingSince } }',
    { id: inquiryId },
    actors.admin.token,
  );
  return data.inquiry.waitingSince;
}

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
  world = new InquiryWorld(product.database);
  alisa = actors.operator.actor.operatorId!;
  await world.limit(alisa, 1_000);
});
afterAll(() => product.stop());

describe('the queue of a source', () => {
  it('is what waits now, whether that was told or not', async () => {
    const sourceId = await world.source([]);
    expect((await queuesFor(actors.admin.token)).queues.get(sourceId)).toEqual({ length: 0, longestSince: null });
    const first = await world.register(sourceId);
    const second = await world.register(sourceId);
    const both = { length: 2, longestSince: await waitingSince(first) };
    expect((await queuesFor(actors.supervisor.token)).queues.get(sourceId)).toEqual(both);
    await give(first);
    const one = { length: 1, longestSince: await waitingSince(second) };
    expect((await queuesFor(actors.admin.token)).queues.get(sourceId)).toEqual(one);
  });

  it('is shown to an operator of their own sources', async () => {
    const [own, other] = [await world.source([alisa]), await world.source([])];
    await world.register(other);
    // Weight zero: chance chooses them never, and what waits they see.
    await product.database.rows(sql`update source_weight set weight = 0 where source_id = ${own}`);
    await world.register(own);
    const { queues } = await queuesFor(actors.operator.token);
    expect([queues.get(own)?.length, queues.has(other)]).toEqual([1, false]);
    expect((await queuesFor(actors.otherOperator.token)).queues.size).toBe(0);
  });

  it('is added up by one statement, however many sources there are, and once for each', async () => {
    for (let n = 0; n < 3; n += 1) await world.register(await world.source([alisa]));
    const added = async (document: string) => {
      const sent = await statementsOf(product, () => product.graphql(document, {}, actors.admin.token));
      return sent.filter((text) => text.includes('min(t.waiting_since)')).length;
    };
    // One of the plan, and one of the resolvers, which are compared.
    expect(await added('{ sources(first: 100) { nodes { queue { length longestSince } } } }')).toBe(2);
    expect(await added('{ inquiries(first: 100) { nodes { source { queue { length longestSince } } } } }')).toBe(1);
  });

  it('is found by the index of those that wait, among all that have ended', async () => {
    const sourceId = await world.source([]);
    await world.register(sourceId);
    await product.database.rows(sql`
      insert into inquiry (source_id, lead_id, status, ended_at, priority, skills, message)
      select i.source_id, i.lead_id, 'CLOSED', now(), 0, '{}', '' from inquiry i, generate_series(1, 5000)
      where i.source_id = ${sourceId}`);
    await product.database.rows(sql`analyze inquiry`);
    // By the plan, and by the resolvers: what is read of a source that many inquiries come to.
    for (const document of [
      '{ sources(first: 100) { nodes { queue { length longestSince } } } }',
      '{ inquiries(first: 100) { nodes { source { queue { length longestSince } } } } }',
    ]) {
      const sent = await sentBy(product, () => product.graphql(document, {}, actors.admin.token));
      const [statement] = sent.filter(({ text }) => text.includes('min(t.waiting_since)'));
      const plan = await explain(product.database, statement!);
      expect(plan).toContain('inquiry_waiting_index');
      expect(plan).not.toContain('Seq Scan on inquiry');
    }
  });
});

describe('the feed of queues', () => {
  let distributor: TestDistributor;
  beforeAll(async () => {
    distributor = await startTestDistributor(product);
  });
  afterEach(async () => {
    // What a plan makes otherwise than the resolvers comes as an error beside the message.
    expect(open.flatMap(({ errors }) => errors)).toEqual([]);
    await Promise.all(open.splice(0).map((subscriber) => subscriber.stop()));
    await untilNobodyListens(product);
    expect(distributor.failures).toEqual([]);
  });
  afterAll(() => distributor.stop());

  it('tells admins and supervisors how many wait and since when, as that changes', async () => {
    const followers = [await follow(actors.admin.token), await follow(actors.supervisor.token)];
    const sourceId = await world.source([]);
    const told = async (length: number, since: string | null) => {
      for (const follower of followers) {
        expect(await untilLength(follower, sourceId, length)).toEqual({ length, longestSince: since });
      }
    };
    const first = await world.register(sourceId);
    const since = await waitingSince(first);
    await told(1, since);
    const second = await world.register(sourceId);
    await told(2, since);
    await give(first);
    await told(1, await waitingSince(second));
    await give(second);
    await told(0, null);
  });

  it('is refused to operators, customers and partners', async () => {
    const partner = await signInPartner(product.database);
    for (const { token } of [actors.operator, actors.customer, partner]) {
      const refused = await subscribe(product, QUEUE, { token });
      await refused.untilEnded();
      expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      await refused.stop();
    }
  });

  it('keeps to its filter', async () => {
    const [wanted, other] = [await world.source([]), await world.source([])];
    const one = await follow(actors.supervisor.token, { filter: { sourceId: encodeId('Source', wanted) } });
    const all = await follow(actors.supervisor.token);
    await world.register(other);
    await untilLength(all, other, 1);
    await world.register(wanted);
    await untilLength(one, wanted, 1);
    expect(one.events.filter(({ inquiryQueue: { source } }) => source?.id !== encodeId('Source', wanted))).toEqual([]);
    const refused = await subscribe(product, QUEUE, {
      token: actors.admin.token,
      variables: { filter: { sourceId: encodeId('Operator', alisa) } },
    });
    await refused.untilEnded();
    expect(refused.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', path: ['filter', 'sourceId'] } }]);
    await refused.stop();
  });

  it('goes on from the snapshot, and behind a cursor, to what waits in the end', async () => {
    const sourceId = await world.source([]);
    await world.register(sourceId);
    const { feedCursor, queues } = await queuesFor(actors.supervisor.token);
    expect(queues.get(sourceId)?.length).toBe(1);
    await world.register(sourceId);
    const first = await follow(actors.supervisor.token, { after: feedCursor });
    await untilLength(first, sourceId, 2);
    const { cursor } = first.events.at(-1)!.inquiryQueue;
    await first.stop();
    await untilNobodyListens(product);
    await world.register(sourceId);
    const second = await follow(actors.supervisor.token, { after: cursor });
    await untilLength(second, sourceId, 3);
    const { queues: inTheEnd } = await queuesFor(actors.supervisor.token);
    expect(lastOf(second, sourceId)).toEqual(inTheEnd.get(sourceId));
    const ofSource = second.events.filter(
      ({ inquiryQueue: { source } }) => source?.id === encodeId('Source', sourceId),
    );
    expect(ofSource).toHaveLength(1);
  });

  it('ends when somebody may not read sources any more', async () => {
    const { actor, token } = await signInUser(product.database, { role: 'supervisor' });
    const supervisor = await follow(token);
    await product.database.rows(
      sql`update app_user set role_id = (select id from role where name = 'operator') where id = ${actor.userId}`,
    );
    await supervisor.untilEnded();
    expect(supervisor.errors.splice(0)).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});
