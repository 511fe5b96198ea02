import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A way to the test's PostgreSQL that can fall silent: connections stay, new ones are taken, and nothing passes. */
export class StallableProxy {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  readonly #target: URL;
  #stalled = false;

  private constructor(url: string) {
    this.#target = new URL(url);
    this.#server = createServer((socket) => this.#join(socket));
  }

  static async to(url: string): Promise<StallableProxy> {
    const proxy = new StallableProxy(url);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  /** The database's address by this way. */
  get url(): string {
    const url = new URL(this.#target);
    url.hostname = '127.0.0.1';
    url.port = String((this.#server.address() as AddressInfo).port);
    return url.href;
  }

  /** Lets nothing more pass, in either direction. */
  stall(): void {
    this.#stalled = true;
    for (const socket of this.#sockets) socket.pause();
  }

  /** Lets nothing more pass on what is connected, and everything on what connects from now on. */
  strand(): void {
    this.stall();
    this.#stalled = false;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #join(socket: Socket): void {
    const other = connect(Number(this.#target.port), this.#target.hostname);
    for (const [one, peer] of [
      [socket, other],
      [other, socket],
    ] as const) {
      this.#sockets.add(one);
      one.on('data', (part) => peer.write(part));
      one.on('error', () => peer.destroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        peer.destroy();
      });
      if (this.#stalled) one.pause();
    }
  }
}
