import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { intakeOf, type LoadKind } from '../integrations/intake-of.js';
import { loadRows } from '../integrations/load-rows.js';
import { summariseRows } from '../integrations/summarise-rows.js';
import { systemActor } from '../shared/access/actor.js';
import type { Database } from '../shared/database/database.js';
import { createDemoSignIns } from './create-demo-sign-ins.js';
import { demoState, isInUse, markDemoBegun, markDemoComplete } from './demo-mark.js';
import { firstLines } from './first-lines.js';
import { findLivelyCustomers, recordDemoCalls } from './record-demo-calls.js';

export { demoIsComplete } from './demo-mark.js';

/** Beside `src` and `dist` alike. */
const FILES = join(import.meta.dirname, '../../../demo');
/** The first day of the calls in the files. */
const FROM = '2026-09-01';
/** Any number: what matters is that every process of the product takes the same. */
const LOCK = 7_031_403;
const WAIT_MS = 500;

/** So many lines of the calls: a first start is not to take long, and loading the rest is a good first exercise. */
const CALL_LINES = 6_000;

const LOADS: readonly { readonly kind: LoadKind; readonly file: string; readonly lines?: number }[] = [
  { kind: 'tariffs', file: 'tariffs.json' },
  { kind: 'operators', file: 'operators.json' },
  { kind: 'sources', file: 'sources.json' },
  { kind: 'subscribers', file: 'subscribers.csv' },
  { kind: 'calls', file: 'Master.csv', lines: CALL_LINES },
];

const actor = systemActor('demo');

/**
 * Fills a new installation with demo data, through the use cases that loads and mutations call; one that has data of
 * its own is left alone.
 *
 * Every part of it finds again what it made, so that a start that was killed in the middle is completed by the next;
 * once it is complete, nothing is done again. Of several processes that start at once one loads, the others wait.
 */
export async function loadDemo(database: Database, log: (line: string) => void): Promise<void> {
  if ((await demoState(database)) === 'complete') return;
  const client = await database.pool.connect();
  try {
    while (!(await tryLock())) await new Promise((resume) => setTimeout(resume, WAIT_MS));
    try {
      await loadOnce(database, log);
    } finally {
      await client.query('select pg_advisory_unlock($1)', [LOCK]);
    }
  } finally {
    client.release();
  }

  async function tryLock(): Promise<boolean> {
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [LOCK]);
    return rows[0]!.locked;
  }
}

async function loadOnce(database: Database, log: (line: string) => void): Promise<void> {
  const state = await demoState(database);
  if (state === 'complete') return;
  if (state === 'none' && (await isInUse(database))) {
    log('demo: this installation has data of its own, no demo data is loaded');
    await markDemoComplete(database);
    return;
  }
  await markDemoBegun(database);
  const validFrom = database.settings.calendar.startOf(FROM);
  for (const { kind, file, lines } of LOADS) {
    const intake = intakeOf(kind, database.settings, validFrom);
    const path = join(FILES, file);
    const open = () => (lines === undefined ? createReadStream(path) : firstLines(path, lines));
    log(`demo: ${kind}: ${summariseRows(await loadRows(database, actor, { intake, open, ours: true }))}`);
  }
  await database.transact(actor, async (work) => {
    const [customer] = await findLivelyCustomers(work, 1);
    await createDemoSignIns(work, { customerId: customer!.id, validFrom });
  });
  await database.transact(actor, recordDemoCalls);
  await markDemoComplete(database);
  log('demo: complete');
}
