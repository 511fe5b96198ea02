import { type RawBuilder, sql } from 'kysely';
import { rightsOf } from '../shared/access/rights.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';
import { allHold, conditionsOf } from '../shared/read/visibility.js';
import type { SourceFields } from './source.fields.js';
import { visibleSources } from './source.policy.js';

/** A source as use cases see it, locked for their transaction. */
export interface HeldSource {
  readonly id: string;
  readonly version: number;
  readonly fields: SourceFields;
}

/**
 * How a source is held: so that nobody else changes it meanwhile; or so that no inquiry comes in meanwhile either, and
 * what came in before is seen.
 */
export type SourceLock = 'change' | 'intake';

const LOCKS: Readonly<Record<SourceLock, RawBuilder<unknown>>> = {
  change: sql`for no key update`,
  // Registering an inquiry holds the source's row for key share.
  intake: sql`for update`,
};

interface SourceRow extends SourceFields {
  id: string;
  version: number;
  removed: boolean;
}

/**
 * Locks a source that the actor sees and that was not removed.
 *
 * @param key the source's key
 * @param path of the input's field, for the error
 * @throws Refusal with NOT_FOUND, STATE_NOT_ALLOWED for one that was removed
 */
export async function holdSource(
  work: Work,
  key: string,
  path: readonly string[],
  lock: SourceLock = 'change',
): Promise<HeldSource> {
  const { actor, settings, now } = work;
  const seen = allHold(conditionsOf(visibleSources(rightsOf(actor))));
  const row = await find(work, sql`t.id = ${key} and ${seen}`, lock, {
    actor,
    calendar: settings.calendar,
    now: () => now,
  });
  if (!row) throw refuse(ErrorCode.NOT_FOUND, 'There is no such source.', path);
  if (row.removed) throw refuse(ErrorCode.STATE_NOT_ALLOWED, 'This source was removed.', path);
  return heldOf(row);
}

/** Locks the source with a name, whatever its case; undefined when there is none that was not removed. */
export async function holdSourceNamed(work: Work, name: string, lock: SourceLock): Promise<HeldSource | undefined> {
  const row = await find(work, sql`t.name_key = lower(${name}) and t.removed_at is null`, lock);
  return row && heldOf(row);
}

async function find(
  work: Work,
  which: RawBuilder<unknown>,
  lock: SourceLock,
  scope?: Parameters<Work['rows']>[1],
): Promise<SourceRow | undefined> {
  const [row] = await work.rows(
    sql<SourceRow>`
      select t.id, t.version, t.removed_at is not null as removed, t.name, t.description,
        t.own_external_ids as "ownExternalIds", t.sticky, t.asks_presence as "asksPresence",
        t.accept_within_seconds as "acceptWithinSeconds", t.answer_within_seconds as "answerWithinSeconds",
        t.warn_before_seconds as "warnBeforeSeconds", t.skills, t.priority
      from source t where ${which} ${LOCKS[lock]} of t`,
    scope,
  );
  return row;
}

function heldOf({ id, version, removed: _, ...fields }: SourceRow): HeldSource {
  return { id, version, fields };
}
