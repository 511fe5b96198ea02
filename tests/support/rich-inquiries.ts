import { sql } from 'kysely';
import { handOut } from '../../src/services/distribution/hand-out.js';
import { registerInquiry } from '../../src/services/distribution/register-inquiry.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import type { Database } from '../../src/services/shared/database/database.js';
import { seededDraws } from './seeded-draws.js';

const ACTOR = systemActor('test');
const SOURCES = ['Бот "Їжак" \\ 🦄', 'Own', 'Sticky', 'Nobody'];
const NAMES = ['Анна', 'Ганна "Ї"', null, "O'Neil\\"];
const MESSAGES = ['', 'Хочу узнать\nо "продукте"\t\\', '🦄'];

/**
 * Inquiries of known and new leads through all sources: with operators, offered, waiting, answered, closed, rejected, moved on,
 * with and without deadlines, and leads that may be one person.
 */
export async function makeInquiries(database: Database): Promise<void> {
  const draws = seededDraws(7);
  for (let n = 0; n < 40; n += 1) {
    await database.transact(ACTOR, (work) =>
      registerInquiry(
        work,
        {
          source: SOURCES[n % SOURCES.length]!,
          externalId: n % 3 === 0 ? `tg"${n % 11}` : null,
          phone: n % 4 === 1 ? `+7900555${String(n % 13).padStart(4, '0')}` : null,
          email: n % 3 !== 0 || n % 5 === 0 ? `Lead-${n % 9}@Test.example` : null,
          name: NAMES[n % NAMES.length]!,
          message: MESSAGES[n % MESSAGES.length]!,
          priority: n % 10 === 0 ? 50 : null,
          skills: n % 8 === 7 ? ['rare'] : [],
          idempotencyKey: `rich-${n}`,
        },
        draws,
      ),
    );
  }
  await database.transact(ACTOR, async (work) => {
    await work.rows(sql`
      update assignment set ended_at = made_at + interval '5 min', "end" = 'CLOSED'
        where ended_at is null and inquiry_id % 5 = 1`);
    await work.rows(sql`
      update inquiry set status = 'CLOSED', ended_at = registered_at + interval '5 min', waiting_reason = null, waiting_since = null,
        accept_by = null, answered_at = registered_at + interval '1 min', warn_at = null, breach_at = null where id % 5 = 1`);
    await work.rows(sql`
      select distribution.release(i.id, 'DECLINED', 'HANDED_BACK', ${work.now})
        from inquiry i where i.status = 'ACTIVE' and i.operator_id is not null and i.id % 7 = 2`);
    await work.rows(sql`
      update inquiry set status = 'REJECTED', ended_at = registered_at, waiting_reason = null, waiting_since = null
        where status = 'ACTIVE' and operator_id is null and id % 6 = 4`);
    await work.rows(sql`update lead set created_at = '2026-09-01T00:00:00.0009Z' where id % 3 = 0`);
    await work.rows(sql`update inquiry set registered_at = '2026-09-02T10:00:00.0005Z' where id % 4 = 3`);
  });
  await database.transact(ACTOR, (work) => handOut(work, draws, 3));
}
