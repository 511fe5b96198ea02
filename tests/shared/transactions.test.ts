import { sql } from 'kysely';
import { systemActor } from '../../src/services/shared/access/actor.js';
import type { Database } from '../../src/services/shared/database/database.js';
import { StatementNames } from '../../src/services/shared/database/statement-names.js';
import { type OpenDatabase, openDatabase } from '../support/subscribers.js';

const ACTOR = systemActor('test');

let open: OpenDatabase;
let database: Database;

beforeAll(async () => {
  open = await openDatabase();
  ({ database } = open);
  await database.rows(sql`create table note (id int primary key, text text not null)`);
});
afterAll(() => open.close());

const notes = async () =>
  (await database.rows<{ id: number }>(sql`select id from note order by id`)).map(({ id }) => id);
const write = (id: number) => sql`insert into note values (${id}, 'x')`;
const sessions = async () =>
  database.rows<{ state: string }>(sql`
    select state from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`);

describe('a transaction', () => {
  it('has its first statement in it, and undoes that with the rest', async () => {
    await expect(
      database.transact(ACTOR, async (work) => {
        await work.rows(write(1));
        throw new Error('no more');
      }),
    ).rejects.toThrow('no more');
    expect(await notes()).toEqual([]);
  });

  it('leaves nothing, and no session in a transaction, when its first statement fails', async () => {
    await expect(database.transact(ACTOR, (work) => work.rows(sql`insert into note values (2, null)`))).rejects.toThrow(
      'null value',
    );
    await database.transact(ACTOR, (work) => work.rows(write(2)));
    expect(await notes()).toEqual([2]);
    expect(await sessions()).toEqual([]);
  });

  it('that asks for nothing does nothing', async () => {
    expect(await database.transact(ACTOR, async () => 'done')).toBe('done');
    await expect(
      database.transact(ACTOR, async () => {
        throw new Error('nothing asked');
      }),
    ).rejects.toThrow('nothing asked');
    expect(await sessions()).toEqual([]);
  });

  it('is whole though another runs on every connection', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        database
          .transact(ACTOR, async (work) => {
            await work.rows(write(100 + n));
            const [row] = await work.rows<{ xid: string | null }>(
              sql`select pg_current_xact_id_if_assigned()::text as xid`,
            );
            expect(row?.xid).not.toBeNull();
            if (n % 2 === 1) await work.rows(sql`insert into note values (${100 + n}, 'twice')`);
          })
          .catch((error: Error) => expect(error.message).toContain('duplicate key')),
      ),
    );
    expect((await notes()).filter((id) => id >= 100)).toEqual(Array.from({ length: 15 }, (_, n) => 100 + 2 * n));
  });

  it('is run again when it was ended by a deadlock', async () => {
    let turns = 0;
    const cross = (first: number, second: number) =>
      database.transact(ACTOR, async (work) => {
        turns += 1;
        await work.rows(sql`update note set text = 'y' where id = ${first}`);
        await work.rows(sql`select pg_sleep(0.2)`);
        await work.rows(sql`update note set text = 'y' where id = ${second}`);
      });
    await Promise.all([cross(100, 102), cross(102, 100)]);
    expect(turns).toBe(3);
  });
});

describe('a use case that is one statement', () => {
  it('is there when it has run, without a transaction around it', async () => {
    await database.once(ACTOR, (work) => work.rows(write(3)));
    expect(await notes()).toContain(3);
    await expect(database.once(ACTOR, (work) => work.rows(write(3)))).rejects.toThrow('duplicate key');
  });

  it('is announced by what it says that it recorded', async () => {
    const told: bigint[] = [];
    database.onCommittedEvents = (xid) => told.push(xid);
    await database.once(ACTOR, async (work) => {
      const client = JSON.stringify(work.recorder.client);
      const rows = JSON.stringify([
        { kind: 'note.written', subject_kind: 'Note', subject_id: 3, subject_version: 1, actor: 'x', data: {} },
      ]);
      const [row] = await work.rows<{ xid: string }>(
        sql`select feed.record(${rows}::jsonb, ${client}::jsonb)::text as xid`,
      );
      work.recorded(row!.xid);
    });
    const [event] = await database.rows<{ xid: string }>(sql`
      select xid::text from feed.event where kind = 'note.written'`);
    expect(told).toEqual([BigInt(event!.xid)]);
  });
});

describe('names of statements', () => {
  it('are given to those that come often, and stay', () => {
    const names = new StatementNames();
    const given = Array.from({ length: 7 }, () => names.of('select 1'));
    expect(given).toEqual([undefined, undefined, undefined, undefined, 'write_1', 'write_1', 'write_1']);
  });

  it('are given to so many only, and to none that is long', () => {
    const names = new StatementNames();
    for (let n = 0; n < 2_000; n += 1) for (let time = 0; time < 5; time += 1) names.of(`select ${n}`);
    expect(names.of('select 49')).toBe('write_50');
    expect(names.of('select 50')).toBeUndefined();
    const long = 'x'.repeat(30_000);
    for (let time = 0; time < 10; time += 1) expect(names.of(long)).toBeUndefined();
  });
});
