import { setTimeout as sleep } from 'node:timers/promises';
import type { MikroORM } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { Database } from '../../src/services/shared/database/database.js';
import { connectOrm } from '../../src/services/shared/database/orm.js';
import type { Work } from '../../src/services/shared/database/work.js';
import type { FeedEvent } from '../../src/services/shared/events/event.js';
import type { FeedPosition } from '../../src/services/shared/events/feed-cursor.js';
import { FeedLog } from '../../src/services/shared/events/feed-log.js';
import { Calendar } from '../../src/services/shared/time/calendar.js';
import { systemClock } from '../../src/services/shared/time/clock.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { Draw } from '../support/draw.js';

const ACTOR = systemActor('test');
const SUBJECTS = 3;
/** What else the log has is of others. */
const CHANGED = 'thing.changed';
/** How long a test waits for transactions of other databases on the same server, in milliseconds. */
const PATIENCE_MS = 20_000;

let copy: TestDatabase;
let orm: MikroORM;
let database: Database;

beforeEach(async () => {
  copy = await createDatabase();
  orm = await connectOrm(copy.url, 10);
  database = await Database.over(orm, { calendar: new Calendar('Europe/Moscow'), currency: 'RUB' }, systemClock);
  await database.rows(sql`create table thing (id bigint primary key, version integer not null default 1)`);
  await database.rows(sql`insert into thing (id) select generate_series(1, ${SUBJECTS}::integer)`);
});
afterEach(async () => {
  await database.close();
  await copy.drop();
});

/** Changes a thing as use cases do: its version is counted up under its lock, and goes with the event. */
async function change(work: Work, id: string): Promise<void> {
  const [row] = await work.rows(sql<{ version: number }>`
    update thing set version = version + 1 where id = ${id} returning version`);
  const subject = { kind: 'Thing', id, version: row!.version };
  await work.record([{ kind: CHANGED, subject, data: {} }]);
}

/** Has the transaction write first, so that its id is older than those of all that begin after it. */
const beginWriting = (work: Work) => work.rows(sql`select pg_current_xact_id()`);

/** A reader that goes on from the event that it was given last, in pages of two. */
class Follower {
  readonly seen: FeedEvent[] = [];
  #place: FeedPosition = { xid: 0n, position: 0n };
  readonly #log = new FeedLog(database);

  async read(): Promise<void> {
    for (;;) {
      const { events } = await this.#log.after(this.#place, 2);
      this.seen.push(...events.filter(({ kind }) => kind === CHANGED));
      if (events.length < 2) {
        this.#place = events.at(-1) ?? this.#place;
        return;
      }
      this.#place = events.at(-1)!;
    }
  }

  async until(count: number): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (this.seen.length < count && Date.now() < deadline) {
      await this.read();
      await sleep(5);
    }
  }

  versions(id: string): number[] {
    return this.seen.filter(({ subject }) => subject.id === id).map(({ subject }) => subject.version);
  }
}

/** A transaction that is held open between its steps. */
function held() {
  const steps: (() => void)[] = [];
  const gates = [0, 1].map(() => new Promise<void>((open) => steps.push(open)));
  return { gate: (n: number) => gates[n]!, open: (n: number) => steps[n]!() };
}

describe('the events of one subject', () => {
  it('stand in the order of its versions, though the transaction that came last had begun first', async () => {
    const follower = new Follower();
    const { gate, open } = held();
    let begun = () => {};
    const beginning = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const first = database.transact(ACTOR, async (work) => {
      await beginWriting(work);
      begun();
      await gate(0);
      await change(work, '1');
      await gate(1);
    });
    await beginning;
    await database.transact(ACTOR, (work) => change(work, '1'));
    await database.transact(ACTOR, (work) => change(work, '2'));
    await follower.read();
    expect(follower.seen).toEqual([]);
    open(0);
    await follower.read();
    expect(follower.seen).toEqual([]);
    open(1);
    await first;
    await follower.until(3);
    expect(follower.versions('1')).toEqual([2, 3]);
    expect(follower.versions('2')).toEqual([2]);
  });

  it('stand so too where one statement records several of them', async () => {
    const follower = new Follower();
    const versions = [2, 3, 4, 5];
    await database.transact(ACTOR, (work) =>
      work.record(
        versions.map((version) => ({ kind: CHANGED, subject: { kind: 'Thing', id: '1', version }, data: {} })),
      ),
    );
    await follower.until(4);
    expect(follower.versions('1')).toEqual(versions);
  });

  it('are behind the place of the version before, and never at a place that a reader may have passed', async () => {
    const { gate, open } = held();
    let begun = () => {};
    const beginning = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const early = database.transact(ACTOR, async (work) => {
      await beginWriting(work);
      begun();
      await gate(0);
      await change(work, '1');
    });
    await beginning;
    await database.transact(ACTOR, (work) => change(work, '1'));
    open(0);
    await early;
    const rows = await database.rows(sql<{ xid: string; own: string }>`
      select xid::text, xmin::text as own from feed.event where kind = ${CHANGED} order by position`);
    expect(rows).toHaveLength(2);
    expect(rows[1]!.xid).toBe(rows[0]!.xid);
    expect(BigInt(rows[1]!.own)).toBeLessThan(BigInt(rows[1]!.xid));
  });
});

const WRITERS = 6;
const TRANSACTIONS = 25;

/** Transactions of one writer: each takes some things in any order, waits in between, and may be rolled back. */
async function write(seed: number): Promise<void> {
  const draw = new Draw(seed);
  for (let n = 0; n < TRANSACTIONS; n += 1) {
    const ids = Array.from({ length: draw.whole(1, 2) }, () => String(draw.whole(1, SUBJECTS)));
    const [early, fails] = [draw.chance(0.5), draw.chance(0.15)];
    const pauses = [draw.whole(0, 8), draw.whole(0, 8), draw.whole(0, 4)];
    await database
      .transact(ACTOR, async (work) => {
        if (early) await beginWriting(work);
        // In ascending order, as use cases lock.
        for (const [i, id] of ids.sort().entries()) {
          await sleep(pauses[i]);
          await change(work, id);
        }
        await sleep(pauses[2]);
        if (fails) throw new Error('rolled back');
      })
      .catch((error: Error) => {
        if (error.message !== 'rolled back') throw error;
      });
  }
}

describe('a reader beside many writers', () => {
  it.each([11, 12])('sees every event once, and each subject’s versions ascending (seed %i)', async (seed) => {
    const follower = new Follower();
    let writing = true;
    const reading = (async () => {
      while (writing) {
        await follower.read();
        await sleep(2);
      }
    })();
    await Promise.all(Array.from({ length: WRITERS }, (_, i) => write(seed * 100 + i)));
    writing = false;
    await reading;
    const rows = await database.rows(sql<{ id: string; version: number }>`select id, version from thing order by id`);
    await follower.until(rows.reduce((sum, { version }) => sum + version - 1, 0));
    for (const { id, version } of rows) {
      expect(follower.versions(id)).toEqual(Array.from({ length: version - 1 }, (_, i) => i + 2));
    }
    expect(rows.every(({ version }) => version > 10)).toBe(true);
  });
});
