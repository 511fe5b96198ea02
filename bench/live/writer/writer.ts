import { randomUUID } from 'node:crypto';
import { productModule } from '../../shared/product-module.ts';
import type { Pace, Written } from '../live-message.ts';
import { answerCommands } from '../processes/answer-commands.ts';
import { sharedNow } from '../processes/clock.ts';
import { atPace } from './at-pace.ts';

type Announce = typeof import('../../../src/services/shared/events/announce.ts');
type Actors = typeof import('../../../src/services/shared/access/actor.ts');
type Calendars = typeof import('../../../src/services/shared/time/calendar.ts');
type Clocks = typeof import('../../../src/services/shared/time/clock.ts');
type Databases = typeof import('../../../src/services/shared/database/database.ts');
type Ids = typeof import('../../../src/services/shared/ids/global-id.ts');
type NewCall = import('../../../src/services/calls/new-call.ts').NewCall;
type Orm = typeof import('../../../src/services/shared/database/orm.ts');
type RecordCalls = typeof import('../../../src/services/calls/record-calls.ts');

const CONNECTIONS = 10;
const TALK_SECONDS = 42;

/**
 * Records calls as the product does, by its own use case in its own transactions, in a process of its own: what is
 * measured of the server begins at the commit.
 */
const [
  orm,
  { Database },
  { Calendar },
  { systemClock },
  { announceOn },
  { systemActor },
  { encodeId },
  { recordCalls },
] = await Promise.all([
  productModule<Orm>('services/shared/database/orm.js'),
  productModule<Databases>('services/shared/database/database.js'),
  productModule<Calendars>('services/shared/time/calendar.js'),
  productModule<Clocks>('services/shared/time/clock.js'),
  productModule<Announce>('services/shared/events/announce.js'),
  productModule<Actors>('services/shared/access/actor.js'),
  productModule<Ids>('services/shared/ids/global-id.js'),
  productModule<RecordCalls>('services/calls/record-calls.js'),
]);
const settings = { calendar: new Calendar('Europe/Moscow'), currency: 'RUB' };
const database = await Database.over(
  await orm.connectOrm(process.env.DATABASE_URL!, CONNECTIONS),
  settings,
  systemClock,
);
announceOn(database, (error) => process.stderr.write(`${(error as Error).stack}\n`));

let phones: readonly string[] = [];
let next = 0;

function newCall(): NewCall {
  const startedAt = new Date(Date.now() - 60_000);
  const n = next++;
  return {
    exchange: 'bench',
    externalId: randomUUID(),
    caller: `+7495${String(1_000_000 + (n % 1_000_000))}`,
    called: phones[n % phones.length]!,
    status: 'COMPLETED' as NewCall['status'],
    startedAt,
    answeredAt: startedAt,
    endedAt: new Date(startedAt.getTime() + TALK_SECONDS * 1000),
    durationSeconds: TALK_SECONDS,
  };
}

/** @returns their keys */
async function write(count: number): Promise<string[]> {
  const calls = Array.from({ length: count }, newCall);
  const outcomes = await database.transact(systemActor('bench'), (work) => recordCalls(work, calls));
  return outcomes.map((one) => {
    if (one.outcome !== 'RECORDED') throw new Error(`A call was not recorded: ${JSON.stringify(one)}`);
    return one.callId;
  });
}

async function writeTimed(count: number): Promise<Written[]> {
  const askedAt = sharedNow();
  const keys = await write(count);
  const committedAt = sharedNow();
  return keys.map((key) => ({ key: encodeId('Call', key), askedAt, committedAt }));
}

answerCommands({
  /** Whom the calls go to from now on, in turn. */
  aim: (called: string[]) => {
    phones = called;
    next = 0;
  },
  publish: async (count: number) => {
    await write(count);
  },
  steady: (pace: Pace) => atPace(pace, writeTimed),
});
