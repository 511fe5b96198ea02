import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, ConfigError, readConfig } from './config.js';
import { fieldText } from './services/integrations/field-text.js';
import { intakeOf, LOAD_KINDS, type LoadKind } from './services/integrations/intake-of.js';
import { LoadPrinter } from './services/integrations/load-printer.js';
import { loadRows } from './services/integrations/load-rows.js';
import { systemActor } from './services/shared/access/actor.js';
import { Database } from './services/shared/database/database.js';
import { connectOrm } from './services/shared/database/orm.js';
import { Refusal } from './services/shared/errors/refusal.js';
import { announceOn } from './services/shared/events/announce.js';
import { ClusterError } from './services/shared/postgres/cluster-error.js';
import { findRunningCluster } from './services/shared/postgres/find-running-cluster.js';
import { Calendar } from './services/shared/time/calendar.js';
import { systemClock } from './services/shared/time/clock.js';

const USAGE = `Usage: npm run load -- <${LOAD_KINDS.join('|')}> FILE [--from 2026-09-01] [--strict]

Takes a file into the database of the running product: tariffs, operators and sources as JSON, subscribers and calls as CSV,
inquiries as JSON lines.

  --from DAY   since when the loaded tariffs, operators and contracts hold: midnight in TIME_ZONE; now, if left out;
               in the future for tariffs only, and not for the other kinds of files
  --strict     end with 2 when a row could not be taken in

The database is that of DATABASE_URL, or the one that \`npm start\` runs under DATA_DIR.
It ends with 0 when the file was gone through, 1 when it could not be, and 64 when it was called wrongly.`;

/** What holds since a day; calls and inquiries have their own instants, sources hold at once. */
const BEGINS: ReadonlySet<LoadKind> = new Set<LoadKind>(['tariffs', 'operators', 'subscribers']);
/** How the process ends, after the convention of sysexits. */
const EXIT = { DONE: 0, FAILED: 1, BAD_ROWS: 2, USAGE: 64 } as const;
/** One connection for the batch under way, one to announce the one before. */
const POOL_SIZE = 2;

/** The command line is wrong; `message` says how. */
class UsageError extends Error {}
/** The load cannot be done; `message` says why and what to do. */
class LoadError extends Error {}

interface Order {
  readonly kind: LoadKind;
  readonly file: string;
  readonly from: string | undefined;
  readonly strict: boolean;
}

function readArguments(args: readonly string[]): Order {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const [kind, file, ...more] = parsed.positionals;
  if (!kind || !file || more.length > 0) throw new UsageError('Say what to load, and from which file.');
  if (!LOAD_KINDS.includes(kind as LoadKind)) throw new UsageError(`There is nothing like “${kind}” to load.`);
  return { kind: kind as LoadKind, file, from: parsed.values.from, strict: parsed.values.strict };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { from: { type: 'string' }, strict: { type: 'boolean', default: false } },
  });
}

/** The instant at which a day given as an argument begins. */
function instantOf(day: string, calendar: Calendar): Date {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day) && calendar.instantOf(`${day} 00:00:00`) !== undefined;
  if (!isDay) throw new UsageError(`--from takes a day such as 2026-09-01, not “${day}”.`);
  return calendar.startOf(day);
}

/** Since when what is loaded holds: prices may be published ahead, but no number is given to anybody ahead. */
function validFromOf({ kind, from }: Order, calendar: Calendar, now: Date): Date {
  if (from === undefined) return now;
  if (!BEGINS.has(kind)) throw new UsageError(`--from means nothing for ${kind}.`);
  const instant = instantOf(from, calendar);
  if (instant > now && kind !== 'tariffs') {
    throw new UsageError(`--from must not be in the future for ${kind}: nothing is switched on by itself later.`);
  }
  return instant;
}

async function findDatabase(config: Config): Promise<string> {
  const directory = join(config.dataDir, 'postgres');
  const url = config.databaseUrl ?? (await findRunningCluster(directory));
  if (url) return url;
  throw new LoadError(
    `Switchboard is not running here: no PostgreSQL runs on ${resolve(directory)}.\nStart it with \`npm start\` and load again, or set DATABASE_URL (or DATA_DIR) to where it runs.`,
  );
}

async function connect(url: string, config: Config): Promise<Database> {
  const orm = await connectOrm(url, POOL_SIZE);
  const { hostname, port, pathname } = new URL(url);
  const place = `${hostname}:${port || 5432}${pathname}`;
  try {
    const settings = { calendar: new Calendar(config.timeZone), currency: config.currency };
    const database = await Database.over(orm, settings, systemClock);
    const { rows } = await database.pool.query<{ ready: boolean }>(
      "select to_regclass('public.import_job') is not null as ready",
    );
    if (rows[0]?.ready) return database;
  } catch (error) {
    await orm.close();
    throw new LoadError(`The database at ${place} cannot be reached: ${(error as Error).message}`);
  }
  await orm.close();
  throw new LoadError(`The database at ${place} has no tables yet: start Switchboard on it once, and load again.`);
}

async function load(order: Order): Promise<number> {
  const config = readConfig(process.env);
  const { kind, file } = order;
  const validFrom = validFromOf(order, new Calendar(config.timeZone), systemClock.now());
  const found = await stat(file).catch(() => undefined);
  if (!found) throw new LoadError(`There is no file ${resolve(file)}.`);
  if (!found.isFile()) throw new LoadError(`${resolve(file)} is no file.`);
  const database = await connect(await findDatabase(config), config);
  try {
    const announcer = announceOn(database);
    const intake = intakeOf(kind, database.settings, validFrom);
    const printer = new LoadPrinter(process.stdout, kind);
    const counts = await loadRows(
      database,
      systemActor('load'),
      { intake, open: () => createReadStream(file) },
      (progress) => printer.progress(progress),
    );
    await announcer.settled();
    printer.summary(counts);
    return order.strict && counts.badRows > 0 ? EXIT.BAD_ROWS : EXIT.DONE;
  } finally {
    await database.close();
  }
}

async function main(): Promise<number> {
  try {
    return await load(readArguments(process.argv.slice(2)));
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n\n${USAGE}\n`);
      return EXIT.USAGE;
    }
    if (error instanceof Refusal) {
      for (const { path, message } of error.errors) process.stderr.write(`${placeOf(path)}${message}\n`);
      process.stderr.write('Nothing of the file was taken in.\n');
      return EXIT.FAILED;
    }
    const known = error instanceof LoadError || error instanceof ConfigError || error instanceof ClusterError;
    process.stderr.write(`${known ? error.message : ((error as Error).stack ?? String(error))}\n`);
    return EXIT.FAILED;
  }
}

/** Where in a JSON list a fault is: `3, monthlyFee: `; nothing for one of the file as a whole. */
function placeOf([place, ...field]: readonly string[]): string {
  if (place === undefined || !/^\d+$/.test(place)) return '';
  return `${[`entry ${Number(place) + 1}`, fieldText(field)].filter(Boolean).join(', ')}: `;
}

process.exitCode = await main();
