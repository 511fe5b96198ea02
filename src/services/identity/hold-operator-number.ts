import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse, refuseInput } from '../shared/errors/refusal.js';

const HELD_BY_ANOTHER = refuse(ErrorCode.CONFLICT, 'Somebody else holds this number.', ['input', 'phone']);
/** Two holders at once, and one number of two operators: what the database itself refuses. */
const TAKEN = new Set(['23P01', '23505']);

interface Holding {
  id: string;
  msisdn: string;
  held_from: string;
  held_until: string | null;
}

/**
 * Gives an operator a number from an instant on, and ends the one that they had; a number that they hold already is
 * left as it is, whatever the instant. Somebody who gave up their last number has none before that.
 *
 * The operator's row must be locked, or new.
 *
 * @param since now, if left out
 * @returns whether anything changed
 * @throws Refusal with CONFLICT when somebody else holds the number then or later; with BAD_USER_INPUT for an instant
 * that is not after the number before it began
 */
export async function holdOperatorNumber(
  work: Work,
  operatorId: string,
  msisdn: string,
  since: Date | undefined,
): Promise<boolean> {
  const [last] = await work.rows(sql<Holding>`
    select id, msisdn, held_from, held_until from number_holding where operator_id = ${operatorId}
    order by held_from desc limit 1 for no key update`);
  const current = last?.held_until === null ? last : undefined;
  if (current?.msisdn === msisdn) return false;
  const from = beginOf(since, work.now, last);
  const [other] = await work.rows(sql<{ id: string }>`
    select id from number_holding where msisdn = ${msisdn} and (held_until is null or held_until > ${from}) limit 1`);
  if (other) throw HELD_BY_ANOTHER;
  if (current) await work.rows(sql`update number_holding set held_until = ${from} where id = ${current.id}`);
  try {
    await work.rows(
      sql`insert into number_holding (msisdn, operator_id, held_from) values (${msisdn}, ${operatorId}, ${from})`,
    );
    await work.rows(sql`update operator set phone = ${msisdn} where id = ${operatorId}`);
  } catch (error) {
    throw TAKEN.has((error as { code?: string }).code ?? '') ? HELD_BY_ANOTHER : error;
  }
  return true;
}

/** Since when a number can be an operator's, with what they held last. */
function beginOf(since: Date | undefined, now: Date, last: Holding | undefined): Date {
  const from = since ?? now;
  if (!last) return from;
  if (last.held_until !== null) return later(from, new Date(last.held_until));
  const began = new Date(last.held_from);
  if (from > began) return from;
  // Clocks of several processes differ.
  if (!since) return new Date(began.getTime() + 1);
  throw refuseInput(['input', 'validFrom'], `must be after ${began.toISOString()}, when the present number began`);
}

const later = (one: Date, other: Date) => (one > other ? one : other);
