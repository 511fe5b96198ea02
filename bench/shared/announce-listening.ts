import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens on a port of loopback that is free, and tells the parent process which. */
export function announceListening(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.stdout.write(`listening at http://127.0.0.1:${port}/graphql\n`);
  });
}
