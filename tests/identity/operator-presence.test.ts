import { sql } from 'kysely';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors } from '../support/sign-ins.js';

const SET = `mutation ($input: SetPresenceInput!) {
  setPresence(input: $input) { user { id presence } errors { code path } } }`;

let product: Product;
let actors: Actors;

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
});
afterAll(() => product?.stop());

const set = (presence: string, { token }: { token: string }) => product.graphql(SET, { input: { presence } }, token);
const eventsOf = (userId: string) =>
  product.database.rows(sql<{ version: number; data: object }>`
    select subject_version as version, data from feed.event
    where kind = 'user.presence-changed' and subject_id = ${userId} order by position`);

describe('presence', () => {
  it('is what an employee says of themselves, and an event for who gives inquiries out', async () => {
    const { userId, operatorId } = actors.operator.actor;
    for (const presence of ['ONLINE', 'AWAY', 'AWAY', 'DO_NOT_DISTURB', 'WORKING', 'OFFLINE']) {
      const { data } = await set(presence, actors.operator);
      expect(data.setPresence).toEqual({ user: { id: encodeId('User', userId), presence }, errors: [] });
    }
    const events = await eventsOf(userId);
    expect(events.map(({ version }) => version)).toEqual([2, 3, 4, 5, 6]);
    expect(events[0]!.data).toEqual({ operatorId, groupId: actors.groupId, presence: 'ONLINE' });
  });

  it('is also of who is no operator, and stands in their activity', async () => {
    await set('WORKING', actors.supervisor);
    expect((await eventsOf(actors.supervisor.actor.userId))[0]!.data).toMatchObject({ operatorId: null });
    const { data } = await product.graphql(
      '{ viewer { user { activity(first: 1) { nodes { kind changes { field before after } } } } } }',
      {},
      actors.supervisor.token,
    );
    expect(data.viewer.user.activity.nodes).toEqual([
      { kind: 'USER_PRESENCE_CHANGED', changes: [{ field: 'presence', before: 'OFFLINE', after: 'WORKING' }] },
    ]);
  });

  it('is one of those that there are, and nobody’s who is no employee', async () => {
    expect((await set('ASLEEP', actors.operator)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    for (const who of [actors.customer, actors.partner]) {
      expect((await set('ONLINE', who)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
  });
});
