import { sql } from 'kysely';
import { dismissLeadDuplicate } from '../../src/services/distribution/dismiss-lead-duplicate.js';
import type { Draws } from '../../src/services/distribution/draws.js';
import { handOut } from '../../src/services/distribution/hand-out.js';
import { mergeLeads } from '../../src/services/distribution/merge-leads.js';
import { registerInquiry } from '../../src/services/distribution/register-inquiry.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import type { Database } from '../../src/services/shared/database/database.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
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
  // Whatever hour it is, somebody takes some.
  const scheduled = await database.rows(sql<{ id: string; schedule: object }>`
    select id, schedule from operator where schedule is not null`);
  await database.rows(sql`update operator set schedule = null`);
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
  await settleLeads(database, draws);
  for (const { id, schedule } of scheduled) {
    await database.rows(sql`update operator set schedule = ${JSON.stringify(schedule)}::jsonb where id = ${id}`);
  }
}

/** Leads that may be one: some are, with phones of their own, some are not, and of some nobody has said yet. */
async function settleLeads(database: Database, draws: Draws): Promise<void> {
  const pairs: { id: string; first_id: string; second_id: string }[] = [];
  for (let n = 1; n <= 3; n += 1) {
    const [externalId, phone] = [`pair "${n}"`, `+790066600${n}0`];
    for (const [i, named] of [
      { externalId, phone: `${phone.slice(0, -1)}1` },
      { externalId: `twin "${n}"`, phone },
      { externalId, phone },
    ].entries()) {
      const input = { source: SOURCES[3]!, ...named, idempotencyKey: `rich-pair-${n}-${i}` };
      await database.transact(ACTOR, (work) => registerInquiry(work, input, draws));
    }
    const [pair] = await database.rows(sql<{ id: string; first_id: string; second_id: string }>`
      select id, first_id, second_id from lead_duplicate order by id desc limit 1`);
    pairs.push(pair!);
  }
  const keptId = encodeId('Lead', pairs[0]!.first_id);
  const mergedId = encodeId('Lead', pairs[0]!.second_id);
  await database.transact(ACTOR, (work) => mergeLeads(work, { keptId, mergedId }));
  const duplicateId = encodeId('LeadDuplicate', pairs[1]!.id);
  await database.transact(ACTOR, (work) => dismissLeadDuplicate(work, { duplicateId }));
}
