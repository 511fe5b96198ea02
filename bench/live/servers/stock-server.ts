import { createServer } from 'node:http';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { announceListening } from '../../shared/announce-listening.ts';
import { EventQueue } from './event-queue.ts';
import type { PeerEvent } from './peer-events.ts';
import { publishOnCommand } from './publish-on-command.ts';
import { type StockContext, stockSchema } from './stock-schema.ts';
import { type StockUser, stockUsers } from './stock-users.ts';

/** The peer, as a process of its own: graphql-ws with graphql-js, as its documentation shows it. */
const server = createServer();
const sockets = new WebSocketServer({ server, path: '/graphql' });
const listeners = new Set<(event: PeerEvent) => void>();
let users = new Map<string, StockUser>();

const mayFollow = ({ followsAll, groupIds }: StockUser, event: PeerEvent) =>
  followsAll || groupIds.some((id) => event.groupIds.includes(id));

function subscribe({ user }: StockContext): AsyncIterable<PeerEvent> {
  const queue = new EventQueue<PeerEvent>(() => listeners.delete(listener));
  const listener = (event: PeerEvent) => {
    if (mayFollow(user, event)) queue.push(event);
  };
  listeners.add(listener);
  return queue;
}

const tokenOf = (params: Readonly<Record<string, unknown>> | undefined) =>
  String(params?.Authorization ?? '').replace(/^Bearer /, '');

useServer<Record<string, unknown>, { user?: StockUser }>(
  {
    schema: stockSchema(subscribe),
    onConnect: ({ connectionParams, extra }) => {
      extra.user = users.get(tokenOf(connectionParams))!;
      return extra.user !== undefined;
    },
    context: ({ extra }) => ({ user: extra.user }),
  },
  sockets,
);

publishOnCommand({
  emit: (events) => {
    for (const event of events) for (const listener of listeners) listener(event);
  },
  onLesson: ({ audience, sockets: count }) => {
    users = stockUsers(audience, count);
  },
  takesMany: false,
});
announceListening(server);
