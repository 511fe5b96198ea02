import { connect, type Socket } from 'node:net';
import { clientFrame } from './client-frame.ts';
import { FrameReader, type FrameSink, OPCODE } from './frame-reader.ts';

/** What is read at once; all sockets read into it in turn. */
const READ = Buffer.allocUnsafeSlow(256 * 1024);
const PATIENCE_MS = 30_000;

/** Gets the events of a socket. */
export interface Listener {
  /** Counts one; its text only where the socket was asked to keep it. */
  event(socket: LiveSocket, text?: string): void;
  /** The other end has closed it, or something is wrong with it. */
  lost(socket: LiveSocket, why: string): void;
}

/** How a socket introduces itself; a bare one only connects. */
export interface Introduction {
  readonly authorization: string;
  readonly query: string;
}

/**
 * A WebSocket client that costs next to nothing: it reads frames' heads and counts them.
 *
 * It speaks as much of graphql-transport-ws as one subscription needs.
 */
export class LiveSocket implements FrameSink {
  /** Events since the count was last set to nothing. */
  count = 0;
  /** Its number among those of the process. */
  readonly place: number;
  readonly #introduction: Introduction | undefined;
  readonly #listener: Listener;
  readonly #socket: Socket;
  readonly #reader = new FrameReader(this);
  readonly #open = Promise.withResolvers<void>();
  #greeting: Buffer | undefined = Buffer.alloc(0);
  #closed = false;

  constructor(place: number, port: number, introduction: Introduction | undefined, listener: Listener) {
    this.place = place;
    this.#introduction = introduction;
    this.#listener = listener;
    this.#socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: { buffer: READ, callback: (length) => this.#take(READ.subarray(0, length)) },
    });
    this.#socket.on('connect', () => this.#socket.write(upgradeTo(port)));
    this.#socket.on('error', (error) => this.#lose(error.message));
    this.#socket.on('close', () => this.#lose('closed'));
  }

  /**
   * Resolves when the server has let it in, and the subscription has been asked for.
   *
   * @throws Error when it does not within half a minute
   */
  async opened(): Promise<void> {
    const timer = setTimeout(() => this.#open.reject(new Error('A socket was not let in in time.')), PATIENCE_MS);
    await this.#open.promise.finally(() => clearTimeout(timer));
  }

  set keeps(keeps: boolean) {
    this.#reader.keeps = keeps;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#socket.destroyed) return;
    const closed = new Promise((resolve) => this.#socket.once('close', resolve));
    this.#socket.destroy();
    await closed;
  }

  event(): void {
    this.#listener.event(this);
  }

  frame(opcode: number, payload: Buffer): void {
    if (opcode === OPCODE.PING) this.#socket.write(clientFrame(OPCODE.PONG, payload));
    else if (opcode === OPCODE.CLOSE) this.#lose(`closed with ${payload.readUInt16BE(0)} ${payload.subarray(2)}`);
    else if (opcode === OPCODE.TEXT) this.#message(payload.toString());
    else if (opcode !== OPCODE.PONG) this.#lose(`A frame of kind ${opcode} came.`);
  }

  #message(text: string): void {
    const { type } = JSON.parse(text) as { type: string };
    if (type === 'next') this.#listener.event(this, text);
    else if (type === 'connection_ack') this.#subscribe();
    else if (type === 'ping') this.#send({ type: 'pong' });
    else if (type !== 'pong') this.#lose(`said ${text}`);
  }

  #take(bytes: Buffer): boolean {
    try {
      if (this.#greeting) this.#greet(bytes);
      else this.#reader.take(bytes);
    } catch (error) {
      this.#lose((error as Error).message);
      this.#socket.destroy();
    }
    return true;
  }

  #greet(bytes: Buffer): void {
    const greeting = Buffer.concat([this.#greeting!, bytes]);
    const end = greeting.indexOf('\r\n\r\n');
    this.#greeting = greeting;
    if (end === -1) return;
    this.#greeting = undefined;
    const head = greeting.subarray(0, end).toString('latin1');
    if (!head.startsWith('HTTP/1.1 101')) throw new Error(`was not let in: ${head.split('\r\n')[0]}`);
    if (this.#introduction) {
      this.#send({ type: 'connection_init', payload: { Authorization: this.#introduction.authorization } });
    } else {
      this.#open.resolve();
    }
    this.#reader.take(greeting.subarray(end + 4));
  }

  #subscribe(): void {
    this.#send({ id: '1', type: 'subscribe', payload: { query: this.#introduction!.query } });
    this.#open.resolve();
  }

  #send(message: object): void {
    this.#socket.write(clientFrame(OPCODE.TEXT, JSON.stringify(message)));
  }

  #lose(why: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#open.reject(new Error(`A socket ${why}.`));
    // Nobody may wait for it any more.
    this.#open.promise.catch(() => undefined);
    this.#listener.lost(this, why);
  }
}

function upgradeTo(port: number): string {
  return [
    'GET /graphql HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Protocol: graphql-transport-ws',
    '\r\n',
  ].join('\r\n');
}
