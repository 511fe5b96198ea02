import { sql } from 'kysely';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, signInPartner, signInUser } from '../support/sign-ins.js';
import { type Subscriber, subscribe, untilNobodyListens } from '../support/subscribe.js';
import { untilReadable } from '../support/until-readable.js';
import { InquiryWorld } from './inquiry-world.js';

const ASSIGNED = `subscription ($filter: InquiryFeedFilter, $after: Cursor) {
  inquiryAssigned(filter: $filter, after: $after) { cursor gap { reason } way acceptBy inquiryId operator { alias }
    inquiry { id message status acceptBy lead { externalId } source { id } operator { alias } } } }`;

interface AssignedData {
  inquiryAssigned: {
    cursor: string;
    gap: object | null;
    way: string;
    acceptBy: string | null;
    inquiryId: string;
    operator: { alias: string } | null;
    inquiry: { id: string; message: string; acceptBy: string | null; operator: object | null } | null;
  };
}

let product: Product;
let actors: Actors;
let world: InquiryWorld;
/** The keys of the operators, and of a source for each. */
let alisa: string;
let boris: string;
let toAlisa: string;
let toBoris: string;
const open: Subscriber<AssignedData>[] = [];

const follow = async (token: string, variables: object = {}) => {
  const subscriber = await subscribe<AssignedData>(product, ASSIGNED, { token, variables: { ...variables } });
  open.push(subscriber);
  return subscriber;
};
const idsOf = ({ events }: Subscriber<AssignedData>) => events.map(({ inquiryAssigned }) => inquiryAssigned.inquiryId);

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

describe('the feed of assignments', () => {
  it('shows an operator an inquiry as soon as it is theirs, with its lead and until when to accept it', async () => {
    const operator = await follow(actors.operator.token);
    const before = Date.now();
    const id = await world.register(toAlisa);
    await untilReadable(product.database);
    const readableAt = Date.now();
    const [event] = await operator.until(1);
    expect(Date.now() - readableAt).toBeLessThan(5_000);
    const { acceptBy } = event!.inquiryAssigned;
    expect(new Date(acceptBy!).getTime() - before).toBeGreaterThanOrEqual(600_000 - 1_000);
    expect(event).toEqual({
      inquiryAssigned: {
        cursor: expect.any(String),
        gap: null,
        way: 'CHANCE',
        acceptBy: expect.any(String),
        inquiryId: id,
        operator: { alias: 'Alisa' },
        inquiry: {
          id,
          message: expect.stringMatching(/^inquiry \d+$/),
          status: 'ACTIVE',
          acceptBy,
          lead: { externalId: expect.stringMatching(/^lead \d+$/) },
          source: { id: encodeId('Source', toAlisa) },
          operator: { alias: 'Alisa' },
        },
      },
    });
  });

  it('shows an operator theirs alone, and all to those who read all inquiries', async () => {
    const partner = await signInPartner(product.database, ['inquiries:read']);
    const followers = {
      admin: await follow(actors.admin.token),
      supervisor: await follow(actors.supervisor.token),
      operator: await follow(actors.operator.token),
      otherOperator: await follow(actors.otherOperator.token),
      partner: await follow(partner.token),
    };
    const [a, b] = [await world.register(toAlisa), await world.register(toBoris)];
    // Last come inquiries for each: events arrive in order, so that nothing comes after them.
    const [c, d] = [await world.register(toAlisa), await world.register(toBoris)];
    const expected = {
      admin: [a, b, c, d],
      supervisor: [a, b, c, d],
      partner: [a, b, c, d],
      operator: [a, c],
      otherOperator: [b, d],
    };
    for (const [who, seen] of Object.entries(expected)) {
      const follower = followers[who as keyof typeof followers];
      await follower.until(seen.length);
      expect([who, ...idsOf(follower)]).toEqual([who, ...seen]);
    }
    // Of sources a partner is told nothing, of operators the alias.
    const [{ inquiryAssigned: shown }] = followers.partner.events as [AssignedData];
    expect(shown).toMatchObject({ operator: { alias: 'Alisa' }, inquiry: { source: null } });
  });

  it('is refused to customers, and to partners without the scope', async () => {
    const stranger = await signInPartner(product.database, ['calls:read', 'inquiries:write']);
    for (const { token } of [actors.customer, stranger]) {
      const refused = await subscribe(product, ASSIGNED, { token });
      await refused.untilEnded();
      expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      await refused.stop();
    }
  });

  it('keeps to its filter', async () => {
    const filters = {
      source: { sourceId: encodeId('Source', toBoris) },
      operator: { operatorId: encodeId('Operator', alisa) },
      group: { groupId: encodeId('UserGroup', actors.groupId) },
      both: { sourceId: encodeId('Source', toBoris), operatorId: encodeId('Operator', alisa) },
    };
    const [ofSource, ofOperator, ofGroup, ofBoth] = await Promise.all(
      Object.values(filters).map((filter) => follow(actors.admin.token, { filter })),
    );
    const shared = await world.source([alisa]);
    const [a, b, c] = [await world.register(toAlisa), await world.register(toBoris), await world.register(shared)];
    const fence = await world.register(toBoris);
    await ofSource!.until(2);
    await ofOperator!.until(2);
    await ofGroup!.until(2);
    expect(idsOf(ofSource!)).toEqual([b, fence]);
    expect(idsOf(ofOperator!)).toEqual([a, c]);
    expect(idsOf(ofGroup!)).toEqual([a, c]);
    expect(idsOf(ofBoth!)).toEqual([]);
  });

  it('shows an operator nothing of another, though they ask for it', async () => {
    const curious = await follow(actors.operator.token, { filter: { operatorId: encodeId('Operator', boris) } });
    const own = await follow(actors.operator.token);
    await world.register(toBoris);
    await world.register(toAlisa);
    await own.until(1);
    expect(curious.events).toEqual([]);
  });

  it('refuses a filter with the id of another kind', async () => {
    const wrong = encodeId('Customer', '1');
    for (const name of ['inquiryId', 'leadId', 'sourceId', 'operatorId', 'groupId']) {
      const refused = await subscribe(product, ASSIGNED, {
        token: actors.admin.token,
        variables: { filter: { [name]: wrong } },
      });
      await refused.untilEnded();
      expect(refused.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', path: ['filter', name] } }]);
      await refused.stop();
    }
  });

  it('goes on behind a cursor with nothing lost and nothing twice', async () => {
    const first = await follow(actors.operator.token);
    const before = [await world.register(toAlisa), await world.register(toAlisa)];
    const cursor = (await first.until(2))[0]!.inquiryAssigned.cursor;
    await first.stop();
    await untilNobodyListens(product);
    await world.register(toBoris);
    const missed = await world.register(toAlisa);
    const second = await follow(actors.operator.token, { after: cursor });
    await second.until(2);
    const now = await world.register(toAlisa);
    await second.until(3);
    expect(idsOf(second)).toEqual([before[1], missed, now]);
    expect(second.events.map(({ inquiryAssigned }) => inquiryAssigned.gap)).toEqual([null, null, null]);
  });

  it('narrows to their own when somebody may not read all inquiries any more', async () => {
    const { actor, token } = await signInUser(product.database, { role: 'supervisor', operator: { alias: 'Vera' } });
    const toVera = await world.source([actor.operatorId!]);
    const vera = await follow(token);
    const seen = [await world.register(toAlisa), await world.register(toVera)];
    await vera.until(2);
    await product.database.rows(
      sql`update app_user set role_id = (select id from role where name = 'operator') where id = ${actor.userId}`,
    );
    await world.register(toAlisa);
    seen.push(await world.register(toVera));
    await vera.until(3);
    expect(idsOf(vera)).toEqual(seen);
  });
});
