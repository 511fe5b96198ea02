import {
  GraphQLEnumType,
  GraphQLID,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import type { LiveCall } from '../live-message.ts';
import type { PeerEvent } from './peer-events.ts';
import type { StockUser } from './stock-users.ts';

/** What a resolver gets. */
export interface StockContext {
  readonly user: StockUser;
}

/** How a subscription gets its events. */
export type Subscribe = (context: StockContext) => AsyncIterable<PeerEvent>;

const instant = new GraphQLScalarType({ name: 'Instant' });
const cursor = new GraphQLScalarType({ name: 'Cursor' });
const enumOf = (name: string, values: readonly string[]) =>
  new GraphQLEnumType({ name, values: Object.fromEntries(values.map((value) => [value, {}])) });

const party = new GraphQLObjectType({
  name: 'CallParty',
  fields: { number: { type: new GraphQLNonNull(GraphQLString) } },
});

const call = new GraphQLObjectType<LiveCall, StockContext>({
  name: 'Call',
  fields: {
    id: { type: new GraphQLNonNull(GraphQLID) },
    status: {
      type: new GraphQLNonNull(enumOf('CallStatus', ['COMPLETED', 'REJECTED', 'REDIRECTED', 'MISSED'])),
    },
    direction: {
      type: new GraphQLNonNull(enumOf('CallDirection', ['INBOUND', 'OUTBOUND', 'INTERNAL', 'NETWORK'])),
    },
    startedAt: { type: new GraphQLNonNull(instant) },
    endedAt: { type: instant },
    durationSeconds: { type: new GraphQLNonNull(GraphQLInt) },
    caller: { type: new GraphQLNonNull(party) },
    called: { type: new GraphQLNonNull(party) },
  },
});

/** The part of the product's graph that is asked for, over calls in memory; who sees a call is a look at the user. */
export function stockSchema(subscribe: Subscribe): GraphQLSchema {
  const event = new GraphQLObjectType<PeerEvent, StockContext>({
    name: 'CallFeedEvent',
    fields: {
      cursor: { type: new GraphQLNonNull(cursor) },
      call: {
        type: call,
        resolve: (row, _args, { user }) => (user.readsAll || user.place === row.owner ? row.call : null),
      },
    },
  });
  return new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { call: { type: call } } }),
    subscription: new GraphQLObjectType<PeerEvent, StockContext>({
      name: 'Subscription',
      fields: {
        callFeed: {
          type: new GraphQLNonNull(event),
          subscribe: (_root, _args, context) => subscribe(context),
          resolve: (row) => row,
        },
      },
    }),
  });
}
