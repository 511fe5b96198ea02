import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server over which clients connect, and which can be cut. */
export interface Wire {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Resets every connection, whatever is on its way; gives how many there were. New ones are carried again. */
  cut(): number;
  close(): Promise<void>;
}

/** Lays a wire to a server on loopback. */
export async function layWire(serverUrl: string): Promise<Wire> {
  const port = Number(new URL(serverUrl).port);
  const carried = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => undefined);
      one.once('close', () => {
        carried.delete(near);
        other.destroy();
      });
      one.pipe(other);
    }
    carried.add(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    const connections = [...carried];
    for (const near of connections) near.resetAndDestroy();
    return connections.length;
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      cut();
      await closed;
    },
  };
}
