import { createServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { announceListening } from '../../shared/announce-listening.ts';
import type { LiveMessage } from '../live-message.ts';
import type { PeerEvent } from './peer-events.ts';
import { publishOnCommand } from './publish-on-command.ts';

/**
 * The floor, as a process of its own: `ws` alone, that sends each message's bytes to every socket as it comes.
 *
 * With `TOGETHER=1` it takes messages that come together at once, and writes all of them to a socket in one go: what is
 * to be had from batches alone.
 */
const takesMany = process.env.TOGETHER === '1';
const server = createServer();
const upgrades = new WebSocketServer({ noServer: true, clientTracking: false });
const sockets = new Map<WebSocket, Duplex>();
let scoped = false;

server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
  upgrades.handleUpgrade(request, stream, head, (socket) => {
    sockets.set(socket, stream);
    socket.on('error', () => socket.terminate());
    socket.on('close', () => sockets.delete(socket));
  });
});

const frameOf = (callFeed: LiveMessage) =>
  Buffer.from(JSON.stringify({ id: '1', type: 'next', payload: { data: { callFeed } } }));

function framesOf({ cursor, call, owner }: PeerEvent) {
  const seen = frameOf({ cursor, call });
  return { owner, seen, others: scoped ? frameOf({ cursor, call: null }) : seen };
}

function emit(events: readonly PeerEvent[]): void {
  const frames = events.map(framesOf);
  let place = 0;
  for (const [socket, stream] of sockets) {
    if (takesMany) stream.cork();
    for (const { owner, seen, others } of frames) socket.send(place === owner ? seen : others, { binary: false });
    if (takesMany) stream.uncork();
    place += 1;
  }
}

publishOnCommand({
  emit,
  onLesson: ({ audience }) => {
    scoped = audience === 'scoped';
  },
  takesMany,
});
announceListening(server);
