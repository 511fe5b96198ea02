import { ConfigError, readConfig } from '../../src/config.js';

const SECRET = 'a secret that is long enough for this';

/** What is wrong with an environment: a line for each variable at fault. */
function faultsOf(environment: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    const [heading, ...faults] = (error as ConfigError).message.split('\n');
    expect(heading).toBe('These settings are wrong:');
    return faults.map((fault) => fault.trim());
  }
  return [];
}

const variablesOf = (faults: readonly string[]) => faults.map((fault) => fault.split(' ', 1)[0]).sort();

describe('the settings', () => {
  it('have a standard each, so that nothing needs to be set', () => {
    expect(readConfig({})).toEqual({
      nodeEnv: 'development',
      port: 4000,
      host: '127.0.0.1',
      trustProxy: false,
      databaseUrl: undefined,
      dataDir: '.data',
      jwtSecret: undefined,
      timeZone: 'Europe/Moscow',
      currency: 'RUB',
      demo: true,
      firstAdmin: undefined,
      databasePoolSize: 10,
      limits: {
        depth: 12,
        cost: 100_000,
        breadth: 100,
        fields: 1_000,
        aliases: 50,
        rootFields: 30,
        repeats: 20,
        tokens: 4_000,
      },
      documentCache: { documents: 1_000, bytes: 67_108_864 },
      trustedDocuments: undefined,
      maxQueuedEvents: 1_000,
      maxUploadBytes: 268_435_456,
      sockets: {
        subscriptions: 100,
        subscriptionsOfOne: 200,
        initSeconds: 5,
        pingSeconds: 15,
        idleSeconds: 60,
        messageBytes: 131_072,
        farewellSeconds: 2,
      },
      redisUrl: undefined,
      feedRetentionDays: 7,
      webhooks: { allowPrivate: false, timeoutSeconds: 10 },
      intake: { perMinute: 6_000, failuresPerMinute: 60 },
      forms: { perMinute: 120, perAddress: 20 },
      passwordChecksPerMinute: 300,
      readPlans: 'on',
      logLevel: 'info',
    });
  });

  it('are what the environment says', () => {
    expect(
      readConfig({
        NODE_ENV: 'test',
        PORT: '0',
        HOST: '0.0.0.0',
        TRUST_PROXY: '10.0.0.5, 10.1.0.0/16,fd00::/8',
        DATABASE_URL: 'postgresql://somebody@db.example/switchboard',
        DATABASE_POOL_SIZE: '5',
        DATA_DIR: '/var/lib/switchboard',
        JWT_SECRET: SECRET,
        TIME_ZONE: 'Europe/Kyiv',
        CURRENCY: 'UAH',
        DEMO: 'false',
        ADMIN_EMAIL: 'chief@example.com',
        ADMIN_PASSWORD: 'a good password',
        MAX_DEPTH: '20',
        MAX_COST: '500',
        MAX_BREADTH: '101',
        MAX_FIELDS: '102',
        MAX_ALIASES: '0',
        MAX_ROOT_FIELDS: '4',
        MAX_ROOT_REPEATS: '3',
        MAX_TOKENS: '1000',
        DOCUMENT_CACHE_SIZE: '50',
        DOCUMENT_CACHE_BYTES: '1048576',
        TRUSTED_DOCUMENTS: 'persisted-documents.json',
        MAX_QUEUED_EVENTS: '7',
        MAX_SUBSCRIPTIONS_PER_SOCKET: '11',
        MAX_SUBSCRIPTIONS_PER_USER: '12',
        SOCKET_INIT_SECONDS: '13',
        SOCKET_PING_SECONDS: '14',
        SOCKET_IDLE_SECONDS: '15',
        SOCKET_MESSAGE_BYTES: '1600',
        SOCKET_FAREWELL_SECONDS: '0',
        REDIS_URL: 'rediss://:secret@redis.example:6380',
        FEED_RETENTION_DAYS: '90',
        WEBHOOK_ALLOW_PRIVATE: '1',
        WEBHOOK_TIMEOUT_SECONDS: '3',
        INTAKE_PER_MINUTE: '31',
        INTAKE_FAILURES_PER_MINUTE: '32',
        FORM_ENTRIES_PER_MINUTE: '33',
        FORM_ENTRIES_PER_ADDRESS: '34',
        MAX_UPLOAD_BYTES: '2048',
        PASSWORD_CHECKS_PER_MINUTE: '9',
        READ_PLANS: 'off',
        LOG_LEVEL: 'warn',
        SOMETHING_ELSE: 'is none of our business',
      }),
    ).toEqual({
      nodeEnv: 'test',
      port: 0,
      host: '0.0.0.0',
      trustProxy: ['10.0.0.5', '10.1.0.0/16', 'fd00::/8'],
      databaseUrl: 'postgresql://somebody@db.example/switchboard',
      dataDir: '/var/lib/switchboard',
      jwtSecret: SECRET,
      timeZone: 'Europe/Kyiv',
      currency: 'UAH',
      demo: false,
      firstAdmin: { email: 'chief@example.com', password: 'a good password' },
      databasePoolSize: 5,
      limits: {
        depth: 20,
        cost: 500,
        breadth: 101,
        fields: 102,
        aliases: 0,
        rootFields: 4,
        repeats: 3,
        tokens: 1_000,
      },
      documentCache: { documents: 50, bytes: 1_048_576 },
      trustedDocuments: 'persisted-documents.json',
      maxQueuedEvents: 7,
      sockets: {
        subscriptions: 11,
        subscriptionsOfOne: 12,
        initSeconds: 13,
        pingSeconds: 14,
        idleSeconds: 15,
        messageBytes: 1_600,
        farewellSeconds: 0,
      },
      redisUrl: 'rediss://:secret@redis.example:6380',
      feedRetentionDays: 90,
      webhooks: { allowPrivate: true, timeoutSeconds: 3 },
      intake: { perMinute: 31, failuresPerMinute: 32 },
      forms: { perMinute: 33, perAddress: 34 },
      maxUploadBytes: 2048,
      passwordChecksPerMinute: 9,
      readPlans: 'off',
      logLevel: 'warn',
    });
  });

  it.each([
    ['NODE_ENV', 'prod'],
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '443'],
    ['TRUST_PROXY', 'balancer.example'],
    ['TRUST_PROXY', '10.0.0.5,'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', '0.0.0.0/0'],
    ['DATABASE_URL', 'mysql://db.example/switchboard'],
    ['DATABASE_URL', 'db.example'],
    ['DATABASE_POOL_SIZE', '1'],
    ['JWT_SECRET', 'short'],
    ['TIME_ZONE', 'Moscow'],
    ['CURRENCY', 'roubles'],
    ['DEMO', 'yes'],
    ['MAX_DEPTH', '2'],
    ['MAX_COST', '99'],
    ['MAX_BREADTH', '9'],
    ['MAX_FIELDS', 'all'],
    ['MAX_ALIASES', '-1'],
    ['MAX_ROOT_FIELDS', '0'],
    ['MAX_ROOT_REPEATS', '0'],
    ['MAX_TOKENS', '99'],
    ['DOCUMENT_CACHE_SIZE', '0'],
    ['DOCUMENT_CACHE_BYTES', '64MB'],
    ['MAX_QUEUED_EVENTS', '0'],
    ['MAX_SUBSCRIPTIONS_PER_SOCKET', '0'],
    ['MAX_SUBSCRIPTIONS_PER_USER', 'many'],
    ['SOCKET_INIT_SECONDS', '0'],
    ['SOCKET_PING_SECONDS', '0.5'],
    ['SOCKET_IDLE_SECONDS', '0'],
    ['SOCKET_MESSAGE_BYTES', '10'],
    ['SOCKET_FAREWELL_SECONDS', '-1'],
    ['REDIS_URL', 'localhost:6379'],
    ['FEED_RETENTION_DAYS', '0'],
    ['FEED_RETENTION_DAYS', '91'],
    ['WEBHOOK_ALLOW_PRIVATE', 'yes'],
    ['WEBHOOK_TIMEOUT_SECONDS', '0'],
    ['INTAKE_PER_MINUTE', '0'],
    ['INTAKE_FAILURES_PER_MINUTE', 'few'],
    ['FORM_ENTRIES_PER_MINUTE', '0'],
    ['FORM_ENTRIES_PER_ADDRESS', '-1'],
    ['MAX_UPLOAD_BYTES', '12MB'],
    ['LOG_LEVEL', 'loud'],
  ])('name %s when it is “%s”', (variable, value) => {
    const faults = faultsOf({ [variable]: value });
    expect(variablesOf(faults)).toEqual([variable]);
    // Words that say what it must be follow the name.
    expect(faults[0]!.length).toBeGreaterThan(variable.length + 10);
  });

  it.each([
    ['ADMIN_EMAIL', { ADMIN_EMAIL: 'chief', ADMIN_PASSWORD: 'a good password' }],
    ['ADMIN_PASSWORD', { ADMIN_EMAIL: 'chief@example.com', ADMIN_PASSWORD: 'short' }],
    ['ADMIN_PASSWORD', { ADMIN_EMAIL: 'chief@example.com' }],
    ['ADMIN_EMAIL', { ADMIN_PASSWORD: 'a good password' }],
  ])('name %s of a first admin who is only half there: %j', (variable, environment) => {
    expect(variablesOf(faultsOf(environment))).toEqual([variable]);
  });

  it('name every variable at fault at once, also those that are wrong only together', () => {
    const environment = { NODE_ENV: 'production', PORT: 'http', TIME_ZONE: 'Moscow', ADMIN_EMAIL: 'chief@example.com' };
    expect(variablesOf(faultsOf(environment))).toEqual(['ADMIN_PASSWORD', 'JWT_SECRET', 'PORT', 'TIME_ZONE']);
  });

  it.each([
    ['0', false],
    ['1', 1],
    ['2', 2],
    ['::1', ['::1']],
  ])('read TRUST_PROXY “%s”', (TRUST_PROXY, trustProxy) => {
    expect(readConfig({ TRUST_PROXY })).toMatchObject({ trustProxy });
  });

  it('take an empty variable for an absent one', () => {
    const environment = { PORT: '', JWT_SECRET: '', DATABASE_URL: '', DEMO: '', ADMIN_EMAIL: '', ADMIN_PASSWORD: '' };
    expect(readConfig(environment)).toEqual(readConfig({}));
    expect(variablesOf(faultsOf({ NODE_ENV: 'production', JWT_SECRET: '' }))).toEqual(['JWT_SECRET']);
  });

  it('of production have a secret of their own, and no demo even where it is asked for', () => {
    expect(faultsOf({ NODE_ENV: 'production' })).toEqual(['JWT_SECRET is required when NODE_ENV=production']);
    expect(readConfig({ NODE_ENV: 'production', JWT_SECRET: SECRET, DEMO: '1' })).toMatchObject({
      nodeEnv: 'production',
      jwtSecret: SECRET,
      demo: false,
    });
  });
});
