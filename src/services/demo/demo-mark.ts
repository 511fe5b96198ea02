import { sql } from 'kysely';
import type { SqlExecutor } from '../shared/database/sql-executor.js';

const MARK = 'demo';

/** How far the demo data is: not begun, begun and perhaps broken off, or all there. */
export async function demoState(db: SqlExecutor): Promise<'none' | 'begun' | 'complete'> {
  const [mark] = await db.rows(
    sql<{ complete: boolean }>`select completed_at is not null as complete from installation_mark where name = ${MARK}`,
  );
  if (!mark) return 'none';
  return mark.complete ? 'complete' : 'begun';
}

/** Whether the demo data is all there, so that nobody sees half of it. */
export async function demoIsComplete(db: SqlExecutor): Promise<boolean> {
  return (await demoState(db)) === 'complete';
}

export async function markDemoBegun(db: SqlExecutor): Promise<void> {
  await db.rows(sql`insert into installation_mark (name) values (${MARK}) on conflict (name) do nothing`);
}

export async function markDemoComplete(db: SqlExecutor): Promise<void> {
  await db.rows(sql`
    insert into installation_mark (name, completed_at) values (${MARK}, now())
    on conflict (name) do update set completed_at = now()`);
}

/** Whether the installation has data of its own, which demo data would spoil. */
export async function isInUse(db: SqlExecutor): Promise<boolean> {
  const [row] = await db.rows(
    sql<{ used: boolean }>`
      select exists (select from customer) or exists (select from call) or exists (select from tariff)
        or exists (select from source) as used`,
  );
  return row!.used;
}
