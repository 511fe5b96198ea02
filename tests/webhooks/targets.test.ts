import type { LookupAddress } from 'node:dns';
import { checkTarget } from '../../src/services/integrations/webhooks/endpoint-input.js';
import { postMessage, type Sent } from '../../src/services/integrations/webhooks/post-message.js';
import { isPublicAddress } from '../../src/services/integrations/webhooks/public-address.js';
import { TargetRefused, Targets } from '../../src/services/integrations/webhooks/targets.js';
import { Webhooks } from '../../src/services/integrations/webhooks/webhooks.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { Receiver } from './receiver.js';

const PUBLIC = [
  '8.8.8.8',
  '93.184.216.34',
  '172.15.0.1',
  '172.32.0.1',
  '100.63.0.1',
  '2606:4700::1111',
  '64:ff9b::808:808',
  '::ffff:8.8.8.8',
];
const PRIVATE = [
  '127.0.0.1',
  '127.255.255.254',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '0.1.2.3',
  '192.0.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:a9fe:a9fe',
  '64:ff9b::7f00:1',
  '64:ff9b::a00:1',
  '64:ff9b:1::a00:1',
  '2002:7f00:1::',
  '2001::1',
  '2001:db8::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'fc00::1',
  'fd12:3456::1',
  'ff02::1',
  '100::1',
  '4000::1',
  'localhost',
  '',
];

/** What is said of every name that may not be: nobody learns whether there is one. */
const NOT_FOUND = 'must name a host that is found, at public addresses only';

const at = (...addresses: string[]): readonly LookupAddress[] =>
  addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

async function refusalOf(attempt: () => unknown): Promise<string | undefined> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    if (error instanceof TargetRefused) return error.message;
    throw error;
  }
}

const post = (targets: Targets, url: string): Promise<Sent> =>
  postMessage(targets, 1_000, {
    url,
    headers: {},
    body: '{}',
    startedAt: new Date(),
    signal: new AbortController().signal,
  });

describe('an address', () => {
  it.each(PUBLIC)('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));
  it.each(PRIVATE)('%s is not', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('a URL that messages are to go to', () => {
  const strict = new Targets(false, async (name) => at(...(NAMES[name] ?? [])));
  const NAMES: Readonly<Record<string, readonly string[]>> = {
    'good.example': ['93.184.216.34', '2606:4700::1111'],
    'inner.example': ['10.0.0.7'],
    'both.example': ['93.184.216.34', '127.0.0.1'],
  };

  it.each([
    'https://good.example/hook',
    'https://good.example:8443/',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
  ])('may be %s', async (url) => expect(await refusalOf(() => strict.check(url))).toBeUndefined());

  it.each([
    ['http://good.example/', 'must begin with https://'],
    ['ftp://good.example/', 'must begin with https://'],
    ['javascript:alert(1)', 'must begin with https://'],
    ['file:///etc/passwd', 'must begin with https://'],
    ['https://user@good.example/', 'user name'],
    ['https://user:secret@good.example/', 'user name'],
    ['https://', 'must be a URL'],
    ['good.example', 'must be a URL'],
    [`https://good.example/${'x'.repeat(2000)}`, 'must be a URL'],
    ['https://127.0.0.1/', 'no public address'],
    ['https://2130706433/', 'no public address'],
    ['https://0x7f.1/', 'no public address'],
    ['https://0177.0.0.1/', 'no public address'],
    ['https://127.1/', 'no public address'],
    ['https://[::1]/', 'no public address'],
    ['https://[::ffff:10.0.0.1]/', 'no public address'],
    ['https://[::]/', 'no public address'],
    ['https://169.254.169.254/latest/meta-data', 'no public address'],
    ['https://inner.example/', NOT_FOUND],
    ['https://both.example/', NOT_FOUND],
    ['https://unknown.example/', NOT_FOUND],
  ])('may not be %s', async (url, words) => expect(await refusalOf(() => strict.check(url))).toContain(words));

  it('is refused in the same words whatever is wrong with its name; why is noted for ourselves', async () => {
    const noted: string[] = [];
    const noting = new Targets(
      false,
      async (name) => at(...(NAMES[name] ?? [])),
      (detail) => noted.push(detail),
    );
    for (const name of ['inner', 'both', 'unknown']) {
      expect(await refusalOf(() => noting.check(`https://${name}.example/`))).toBe(NOT_FOUND);
    }
    expect(noted).toEqual([
      'inner.example is 10.0.0.7, which is no public address',
      'both.example is 127.0.0.1, which is no public address',
      'unknown.example has no address',
    ]);
  });

  it('may be private, and without TLS, where a setting says so; other schemes may not', async () => {
    const open = new Targets(true, async () => at('127.0.0.1'));
    for (const url of ['http://127.0.0.1:3000/', 'https://inner.example/', 'http://[::1]/']) {
      expect(await refusalOf(() => open.check(url))).toBeUndefined();
    }
    expect(await refusalOf(() => open.check('ftp://127.0.0.1/'))).toContain('http');
    expect(await refusalOf(() => open.check('http://a:b@127.0.0.1/'))).toContain('user name');
  });

  it('is told not to be found where the system says so', async () => {
    const lost = new Targets(false, async () => {
      throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    });
    expect(await refusalOf(() => lost.check('https://lost.example/'))).toContain('is found');
  });
});

describe('checking URLs', () => {
  it('is bounded for each actor while names are looked up, and needs no place where there is no name', async () => {
    const answer = Promise.withResolvers<readonly LookupAddress[]>();
    const resolve = () => answer.promise;
    const webhooks = new Webhooks({ jwtSecret: 'x'.repeat(32), allowPrivate: false, timeoutSeconds: 1, resolve });
    const check = (actor: string, url: string) => checkTarget(webhooks, systemActor(actor), url);
    const checks = Array.from({ length: 6 }, () => check('one', 'https://slow.example/'));
    const other = check('other', 'https://slow.example/');
    await check('one', 'https://8.8.8.8/');
    await expect(check('one', 'https://10.0.0.1/')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    answer.resolve(at('8.8.8.8'));
    const outcomes = (await Promise.allSettled(checks)).map((one) =>
      one.status === 'fulfilled' ? 'done' : one.reason.code,
    );
    expect(outcomes).toEqual(['done', 'done', 'done', 'done', 'RATE_LIMITED', 'RATE_LIMITED']);
    await other;
  });
});

describe('sending', () => {
  it('goes nowhere where a name has become private since it was checked', async () => {
    const receiver = await Receiver.start();
    const answers = [at('93.184.216.34'), at('127.0.0.1')];
    const targets = new Targets(false, async () => answers.shift()!);
    const url = receiver.url.replace('http:', 'https:').replace('127.0.0.1', 'rebound.example');
    expect(await refusalOf(() => targets.check(url))).toBeUndefined();
    const { status, error } = await post(targets, url);
    expect({ status, error }).toEqual({
      status: null,
      error: `Not sent: the URL ${NOT_FOUND}.`,
    });
    expect(receiver.received).toEqual([]);
    await receiver.stop();
  });

  it.each(['https://127.0.0.1:1/', 'http://good.example/', 'https://[::1]:1/'])(
    'goes nowhere by %s, which somebody kept while it was allowed',
    async (url) => {
      const { status, error } = await post(new Targets(false), url);
      expect(status).toBeNull();
      expect(error).toMatch(/^Not sent: /);
    },
  );

  it('connects to the address that was looked at, and to no other', async () => {
    const receiver = await Receiver.start();
    let lookups = 0;
    const targets = new Targets(true, async () => {
      lookups += 1;
      return at('127.0.0.1');
    });
    const { status } = await post(targets, receiver.url.replace('127.0.0.1', 'nowhere.example'));
    expect({ status, lookups }).toEqual({ status: 200, lookups: 1 });
    await receiver.stop();
  });
});
