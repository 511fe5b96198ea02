import { isIP } from 'node:net';
import { z } from 'zod';

/**
 * Every setting of the product, read once from the environment and validated before anything starts.
 *
 * A setting that is missing or malformed stops the start with a message that names the variable.
 */
export interface Config {
  readonly nodeEnv: 'development' | 'test' | 'production';
  readonly port: number;
  readonly host: string;
  /**
   * Which proxies are believed about the address that a request came from: none, so many nearest ones, or those with
   * certain addresses or in certain networks.
   */
  readonly trustProxy: false | number | readonly string[];
  /** A PostgreSQL server to use; undefined means: run the embedded one under `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  /** Signs access tokens (HS256); undefined outside production means: a secret kept in `dataDir`. */
  readonly jwtSecret: string | undefined;
  /** IANA zone that turns instants into calendar days. */
  readonly timeZone: string;
  /** ISO 4217 code of the organisation's money. */
  readonly currency: string;
  readonly demo: boolean;
  readonly firstAdmin: { readonly email: string; readonly password: string } | undefined;
  /** Connections that one process may hold to PostgreSQL for writes, and as many for reads. */
  readonly databasePoolSize: number;
  /** The largest operation that is answered; what each figure counts, `OperationLimits` says. */
  readonly limits: {
    readonly depth: number;
    readonly cost: number;
    readonly breadth: number;
    readonly fields: number;
    readonly aliases: number;
    readonly rootFields: number;
    readonly repeats: number;
    readonly tokens: number;
  };
  /** What is kept of the documents that clients send. */
  readonly documentCache: { readonly documents: number; readonly bytes: number };
  /** The file with the only documents that are answered; undefined means: any that is valid. */
  readonly trustedDocuments: string | undefined;
  /**
   * Whether one statement answers a query where it can; `compare` also lets the resolvers answer, and refuses an answer
   * that differs.
   */
  readonly readPlans: 'on' | 'off' | 'compare';
  /** Events that may wait for one subscription; a client that leaves more unread is closed. */
  readonly maxQueuedEvents: number;
  /** What one WebSocket may do. */
  readonly sockets: {
    /** Subscriptions of one socket. */
    readonly subscriptions: number;
    /** Subscriptions of one user, customer or partner on this process, over all of their sockets. */
    readonly subscriptionsOfOne: number;
    /** How long a client may take to say who it is, in seconds. */
    readonly initSeconds: number;
    /** How often a client is asked whether it is there, in seconds. */
    readonly pingSeconds: number;
    /** How long a socket may stay open without a subscription, in seconds. */
    readonly idleSeconds: number;
    /** The largest message that a client may send, in bytes. */
    readonly messageBytes: number;
    /** How long sockets are told to go away, spread over this time, when the process ends, in seconds. */
    readonly farewellSeconds: number;
  };
  /** A Redis or Valkey server that the nodes share the feed over; undefined means: this is the only node, or each reads by itself. */
  readonly redisUrl: string | undefined;
  /** How many whole days the event log reaches back at least; 90 at most, since each look at it touches every day. */
  readonly feedRetentionDays: number;
  readonly webhooks: {
    /** Whether a webhook may go to a private, loopback or link-local address, and without TLS. */
    readonly allowPrivate: boolean;
    /** How long a receiver may take to answer, in seconds. */
    readonly timeoutSeconds: number;
  };
  /** What one process takes in by `POST /intake`, in a minute. */
  readonly intake: {
    /** Inquiries of one source. */
    readonly perMinute: number;
    /** Requests from one address that are not signed as they should be. */
    readonly failuresPerMinute: number;
  };
  /** What one process takes in through web forms, in a minute. */
  readonly forms: {
    /** Entries of one form. */
    readonly perMinute: number;
    /** Entries from one address, whatever comes of them. */
    readonly perAddress: number;
  };
  /** The largest file that `POST /files` takes, in bytes. */
  readonly maxUploadBytes: number;
  /** Passwords that one client address may have checked in a minute, by one process. */
  readonly passwordChecksPerMinute: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
}

/** The environment does not describe a valid configuration; `message` names each variable at fault. */
export class ConfigError extends Error {}

const LEAST_SECRET_LENGTH = 32;

const integer = (least: number, most: number, standard: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be between ${least} and ${most}`)
    .default(standard);

const flag = (standard: boolean) =>
  z
    .enum(['0', '1', 'true', 'false'], 'must be 0 or 1')
    .transform((value) => value === '1' || value === 'true')
    .default(standard);

const isTimeZone = (value: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
};

const isPostgresUrl = (value: string): boolean => /^postgres(ql)?:$/.test(URL.parse(value)?.protocol ?? '');

const isRedisUrl = (value: string): boolean => /^rediss?:$/.test(URL.parse(value)?.protocol ?? '');

/**
 * Each look at the event log touches the partition of every day: 90 take three milliseconds, a year's tens of them, and
 * three years' more locks than PostgreSQL has. The history and the log of deliveries are kept apart from it.
 */
const MOST_FEED_DAYS = 90;

/** A chain of more proxies than this is a mistake, such as a port. */
const MOST_PROXIES = 20;

function isNetwork(text: string): boolean {
  const [, address = '', prefix] = /^([^/%]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  // A network of everything would believe whoever connects.
  const fits = prefix === undefined || (Number(prefix) >= 1 && Number(prefix) <= (version === 4 ? 32 : 128));
  return version !== 0 && fits;
}

/** A number of proxies, or a list of addresses and networks; undefined for neither. */
function readProxies(text: string): Config['trustProxy'] | undefined {
  if (/^\d+$/.test(text)) return Number(text) > MOST_PROXIES ? undefined : Number(text) || false;
  const networks = text.split(',').map((network) => network.trim());
  return networks.every(isNetwork) ? networks : undefined;
}

const environment = z
  .object({
    NODE_ENV: z
      .enum(['development', 'test', 'production'], 'must be development, test or production')
      .default('development'),
    PORT: integer(0, 65_535, 4000),
    HOST: z.string().min(1).default('127.0.0.1'),
    TRUST_PROXY: z
      .string()
      .refine((value) => readProxies(value) !== undefined, 'must be a number of proxies, or their addresses')
      .transform((value) => readProxies(value) ?? false)
      .default(false),
    DATABASE_URL: z.string().refine(isPostgresUrl, 'must be a postgres:// address').optional(),
    DATABASE_POOL_SIZE: integer(2, 1000, 10),
    DATA_DIR: z.string().min(1).default('.data'),
    JWT_SECRET: z.string().min(LEAST_SECRET_LENGTH, `must have at least ${LEAST_SECRET_LENGTH} characters`).optional(),
    TIME_ZONE: z
      .string()
      .refine(isTimeZone, 'must be an IANA time zone such as Europe/Moscow')
      .default('Europe/Moscow'),
    CURRENCY: z
      .string()
      .refine((value) => Intl.supportedValuesOf('currency').includes(value), 'must be an ISO 4217 code such as RUB')
      .default('RUB'),
    DEMO: flag(true),
    ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
    ADMIN_PASSWORD: z.string().min(8, 'must have at least 8 characters').optional(),
    MAX_DEPTH: integer(3, 100, 12),
    MAX_COST: integer(100, 10_000_000, 100_000),
    MAX_BREADTH: integer(10, 10_000, 100),
    MAX_FIELDS: integer(10, 100_000, 1_000),
    MAX_ALIASES: integer(0, 10_000, 50),
    MAX_ROOT_FIELDS: integer(1, 1_000, 30),
    MAX_ROOT_REPEATS: integer(1, 1_000, 20),
    MAX_TOKENS: integer(100, 100_000, 4_000),
    DOCUMENT_CACHE_SIZE: integer(1, 1_000_000, 1_000),
    DOCUMENT_CACHE_BYTES: integer(1_048_576, 17_179_869_184, 67_108_864),
    TRUSTED_DOCUMENTS: z.string().optional(),
    READ_PLANS: z.enum(['on', 'off', 'compare'], 'must be on, off or compare').default('on'),
    MAX_QUEUED_EVENTS: integer(1, 1_000_000, 1_000),
    MAX_SUBSCRIPTIONS_PER_SOCKET: integer(1, 10_000, 100),
    MAX_SUBSCRIPTIONS_PER_USER: integer(1, 1_000_000, 200),
    SOCKET_INIT_SECONDS: integer(1, 600, 5),
    SOCKET_PING_SECONDS: integer(1, 3_600, 15),
    SOCKET_IDLE_SECONDS: integer(1, 86_400, 60),
    SOCKET_MESSAGE_BYTES: integer(1_024, 16_777_216, 131_072),
    SOCKET_FAREWELL_SECONDS: integer(0, 600, 2),
    REDIS_URL: z.string().refine(isRedisUrl, 'must be a redis:// or rediss:// address').optional(),
    FEED_RETENTION_DAYS: integer(1, MOST_FEED_DAYS, 7),
    WEBHOOK_ALLOW_PRIVATE: flag(false),
    WEBHOOK_TIMEOUT_SECONDS: integer(1, 120, 10),
    INTAKE_PER_MINUTE: integer(1, 10_000_000, 6_000),
    INTAKE_FAILURES_PER_MINUTE: integer(1, 1_000_000, 60),
    FORM_ENTRIES_PER_MINUTE: integer(1, 1_000_000, 120),
    FORM_ENTRIES_PER_ADDRESS: integer(1, 1_000_000, 20),
    MAX_UPLOAD_BYTES: integer(1024, 4_294_967_296, 268_435_456),
    PASSWORD_CHECKS_PER_MINUTE: integer(1, 1_000_000, 300),
    LOG_LEVEL: z
      .enum(
        ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
        'must be fatal, error, warn, info, debug, trace or silent',
      )
      .default('info'),
  })
  .superRefine((env, issues) => {
    const refuse = (variable: string, message: string) =>
      issues.addIssue({ code: 'custom', path: [variable], message });
    if (env.NODE_ENV === 'production' && !env.JWT_SECRET) refuse('JWT_SECRET', 'is required when NODE_ENV=production');
    if (env.ADMIN_EMAIL && !env.ADMIN_PASSWORD) refuse('ADMIN_PASSWORD', 'is required beside ADMIN_EMAIL');
    if (env.ADMIN_PASSWORD && !env.ADMIN_EMAIL) refuse('ADMIN_EMAIL', 'is required beside ADMIN_PASSWORD');
  });

/**
 * Reads the configuration from environment variables; an empty variable counts as absent.
 *
 * @throws ConfigError that names each variable at fault and says what it must be
 */
export function readConfig(variables: NodeJS.ProcessEnv): Config {
  const present = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(present);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`);
    throw new ConfigError(`These settings are wrong:\n${faults.join('\n')}`);
  }
  const env = parsed.data;
  return {
    nodeEnv: env.NODE_ENV,
    port: env.PORT,
    host: env.HOST,
    trustProxy: env.TRUST_PROXY,
    databaseUrl: env.DATABASE_URL,
    databasePoolSize: env.DATABASE_POOL_SIZE,
    dataDir: env.DATA_DIR,
    jwtSecret: env.JWT_SECRET,
    timeZone: env.TIME_ZONE,
    currency: env.CURRENCY,
    demo: env.DEMO && env.NODE_ENV !== 'production',
    firstAdmin:
      env.ADMIN_EMAIL && env.ADMIN_PASSWORD ? { email: env.ADMIN_EMAIL, password: env.ADMIN_PASSWORD } : undefined,
    limits: {
      depth: env.MAX_DEPTH,
      cost: env.MAX_COST,
      breadth: env.MAX_BREADTH,
      fields: env.MAX_FIELDS,
      aliases: env.MAX_ALIASES,
      rootFields: env.MAX_ROOT_FIELDS,
      repeats: env.MAX_ROOT_REPEATS,
      tokens: env.MAX_TOKENS,
    },
    documentCache: { documents: env.DOCUMENT_CACHE_SIZE, bytes: env.DOCUMENT_CACHE_BYTES },
    trustedDocuments: env.TRUSTED_DOCUMENTS,
    readPlans: env.READ_PLANS,
    maxQueuedEvents: env.MAX_QUEUED_EVENTS,
    sockets: {
      subscriptions: env.MAX_SUBSCRIPTIONS_PER_SOCKET,
      subscriptionsOfOne: env.MAX_SUBSCRIPTIONS_PER_USER,
      initSeconds: env.SOCKET_INIT_SECONDS,
      pingSeconds: env.SOCKET_PING_SECONDS,
      idleSeconds: env.SOCKET_IDLE_SECONDS,
      messageBytes: env.SOCKET_MESSAGE_BYTES,
      farewellSeconds: env.SOCKET_FAREWELL_SECONDS,
    },
    redisUrl: env.REDIS_URL,
    feedRetentionDays: env.FEED_RETENTION_DAYS,
    webhooks: { allowPrivate: env.WEBHOOK_ALLOW_PRIVATE, timeoutSeconds: env.WEBHOOK_TIMEOUT_SECONDS },
    intake: { perMinute: env.INTAKE_PER_MINUTE, failuresPerMinute: env.INTAKE_FAILURES_PER_MINUTE },
    forms: { perMinute: env.FORM_ENTRIES_PER_MINUTE, perAddress: env.FORM_ENTRIES_PER_ADDRESS },
    maxUploadBytes: env.MAX_UPLOAD_BYTES,
    passwordChecksPerMinute: env.PASSWORD_CHECKS_PER_MINUTE,
    logLevel: env.LOG_LEVEL,
  };
}
