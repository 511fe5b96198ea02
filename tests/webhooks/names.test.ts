import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseHosts } from '../../src/services/integrations/webhooks/hosts-file.js';
import { NameFinder } from '../../src/services/integrations/webhooks/name-finder.js';
import { OwnerPlaces } from '../../src/services/integrations/webhooks/owner-places.js';

/** A name server that counts what it is asked, and answers only for `well.example`. */
class NameServer {
  readonly asked: string[] = [];
  private constructor(private readonly socket: Socket) {}

  static async start(): Promise<NameServer> {
    const socket = createSocket('udp4');
    const server = new NameServer(socket);
    socket.on('message', (query, from) => {
      const { name, end } = readName(query);
      server.asked.push(name);
      if (name !== 'well.example') return;
      const isFour = query.readUInt16BE(end) === 1;
      const header = Buffer.from(query.subarray(0, end + 4));
      header.writeUInt16BE(0x8180, 2);
      header.writeUInt16BE(isFour ? 1 : 0, 6);
      header.writeUInt32BE(0, 8);
      const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 93, 184, 216, 34]);
      socket.send(isFour ? Buffer.concat([header, answer]) : header, from.port, from.address);
    });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return server;
  }

  get address(): string {
    return `127.0.0.1:${this.socket.address().port}`;
  }

  async stop(): Promise<void> {
    this.socket.close();
    await once(this.socket, 'close');
  }
}

function readName(query: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  while (query[at]! > 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + query[at]!));
    at += query[at]! + 1;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

describe('finding names', () => {
  it('is held up for nobody else by names whose server says nothing', async () => {
    const server = await NameServer.start();
    const names = new NameFinder([server.address], 400);
    const lost = Array.from({ length: 12 }, (_, i) => names.find(`silent-${i}.example`).catch((error: Error) => error));
    await sleep(50);
    const began = performance.now();
    expect(await names.find('well.example')).toEqual([{ address: '93.184.216.34', family: 4 }]);
    // The pool of threads, which files and passwords need, is free as well.
    await lookup('localhost');
    expect(performance.now() - began).toBeLessThan(300);
    expect((await Promise.all(lost)).map((error) => 'code' in error && error.code)).toEqual(
      Array(12).fill('ECANCELLED'),
    );
    expect(performance.now() - began).toBeLessThan(1_400);
    await server.stop();
  });

  it('asks once for a name that many want, and believes what it heard for a while', async () => {
    const server = await NameServer.start();
    const names = new NameFinder([server.address]);
    await Promise.all(Array.from({ length: 20 }, () => names.find('well.example')));
    await names.find('WELL.example.');
    expect(server.asked).toEqual(['well.example', 'well.example']);
    await server.stop();
  });

  it('believes for a while that a name was not found', async () => {
    const names = new NameFinder(['127.0.0.1:1']);
    await expect(names.find('lost.example')).rejects.toThrow();
    const began = performance.now();
    await expect(names.find('lost.example')).rejects.toThrow();
    expect(performance.now() - began).toBeLessThan(50);
  });

  it('knows this machine, and what its file of hosts says', async () => {
    const loopback = [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ];
    expect(await new NameFinder(['127.0.0.1:1']).find('localhost')).toEqual(loopback);
    expect(await new NameFinder(['127.0.0.1:1']).find('a.localhost')).toEqual(loopback);
    const hosts = parseHosts(
      '# names\n10.0.0.7 Inner.example inner # more\n\n::1\tlocalhost\nfd00::7 inner\nnothing here\n',
    );
    expect([...hosts]).toEqual([
      ['inner.example', ['10.0.0.7']],
      ['inner', ['10.0.0.7', 'fd00::7']],
      ['localhost', ['::1']],
    ]);
  });
});

describe('places', () => {
  it('are bounded for each owner, and given back however it ends', async () => {
    const places = new OwnerPlaces(2);
    const hold = () => places.run('one', ['input'], () => sleep(20));
    const [first, second, third, other] = await Promise.allSettled([
      hold(),
      places.run('one', ['input'], async () => {
        await sleep(20);
        throw new Error('ended');
      }),
      hold(),
      places.run('other', ['input'], async () => 'done'),
    ]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ reason: { message: 'ended' } });
    expect(third).toMatchObject({ reason: { errors: [{ code: 'RATE_LIMITED', path: ['input'] }] } });
    expect(other).toEqual({ status: 'fulfilled', value: 'done' });
    await expect(Promise.all([hold(), hold()])).resolves.toHaveLength(2);
  });
});
