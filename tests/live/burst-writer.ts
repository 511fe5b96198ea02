import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { CallStatus } from '../../src/entities/calls/call-status.enum.js';
import { recordCalls } from '../../src/services/calls/record-calls.js';
import { countRowsIn } from '../../src/services/integrations/import-progress.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import type { Database } from '../../src/services/shared/database/database.js';
import { decodeFeedCursor, encodeFeedCursor, isAfter } from '../../src/services/shared/events/feed-cursor.js';

const ACTOR = systemActor('test');
const CALLER = '+79995554433';
const CALLED = '+79995554434';
const below = (most: number) => Math.floor(Math.random() * most);

let serial = 0;

/** Records missed calls, which hold no locks, in one transaction that stays open for a while; gives their keys. */
export async function recordMissedCalls(
  database: Database,
  count: number,
  heldMs = 0,
  startedAt = new Date(),
): Promise<string[]> {
  const calls = Array.from({ length: count }, () => {
    serial += 1;
    const externalId = `burst-${serial}`;
    return {
      exchange: 'test',
      externalId,
      caller: CALLER,
      called: CALLED,
      status: CallStatus.MISSED,
      startedAt,
      durationSeconds: 0,
    };
  });
  return database.transact(ACTOR, async (work) => {
    const outcomes = await recordCalls(work, calls);
    await sleep(heldMs);
    return outcomes.flatMap((outcome) => (outcome.outcome === 'RECORDED' ? [outcome.callId] : []));
  });
}

/** Makes an import that runs; gives its key. */
export async function createRunningImport(database: Database): Promise<string> {
  const [job] = await database.rows(sql<{ id: string }>`
    with file as (
      insert into stored_file (name, size_bytes, sha256, path) values ('calls.csv', 1, repeat('0', 64), 'none')
      returning id)
    insert into import_job (kind, file_id, state, valid_from, total_rows, started_at)
    select 'CALLS', id, 'RUNNING', now(), 1000000, now() from file returning id`);
  return job!.id;
}

/**
 * Records calls in bursts and side by side, some in transactions that are held open across others, and beside them the
 * steps of an import, one after the other.
 */
export class BurstWriter {
  #writing: Promise<void>[] = [];
  #stopped = false;

  constructor(
    private readonly database: Database,
    private readonly importId: string,
  ) {}

  start(): void {
    this.#stopped = false;
    this.#writing = [this.#writeCalls(10), this.#writeCalls(40), this.#writeSteps()];
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#writing);
  }

  async #writeCalls(longestMs: number): Promise<void> {
    while (!this.#stopped) {
      await recordMissedCalls(this.database, 1 + below(6), Math.random() < 0.5 ? below(longestMs) : 0);
      await sleep(below(20));
    }
  }

  async #writeSteps(): Promise<void> {
    while (!this.#stopped) {
      await this.database.transact(ACTOR, async (work) => {
        await countRowsIn(work, this.importId, [{ result: 'UNCHANGED' }]);
        await sleep(below(5));
      });
      await sleep(below(10));
    }
  }
}

/** The cursors of all events of a kind behind a place, as the log has them in the end. */
export async function cursorsOf(database: Database, kind: string, after: string): Promise<string[]> {
  const { epoch, ...place } = decodeFeedCursor(after)!;
  const rows = await database.rows(sql<{ xid: string; position: string }>`
    select e.xid::text, e.position from feed.event e where e.kind = ${kind} order by e.xid, e.position`);
  return rows
    .map(({ xid, position }) => ({ xid: BigInt(xid), position: BigInt(position) }))
    .filter((event) => isAfter(event, place))
    .map((event) => encodeFeedCursor(epoch, event));
}
