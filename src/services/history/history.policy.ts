import { type RawBuilder, sql } from 'kysely';
import type { ChangeRecord } from '../../entities/history/change-record.entity.js';
import { Permission } from '../../entities/identity/permission.enum.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import { OWN } from '../shared/access/own.js';
import type { Rights } from '../shared/access/rights.js';
import type { Reader } from '../shared/read/reader.js';
import type { Row } from '../shared/read/row.js';
import { allHold, anyOf, conditionsOf, oneHolds, type Visibility } from '../shared/read/visibility.js';
import { type FieldRule, SUBJECTS, type Subject } from './history.subjects.js';

/** Who may use the operations on the history (requirements, "Who may do what"). */
export const HISTORY_OPERATIONS: OperationRules = {
  'Query.history': [Permission.HISTORY_ALL, Permission.HISTORY_READ, Permission.HISTORY_READ_OWN],
  'Mutation.eraseHistory': [Permission.HISTORY_ERASE],
};

/** That a change on table `t` is of an object of this kind that is seen, and whole; undefined where none is. */
function ofSeen(
  rights: Rights,
  [kind, { readable, table, whole }]: [string, Subject],
): RawBuilder<unknown> | undefined {
  const visible = readable.visible(rights);
  if (visible === 'none') return undefined;
  const ofKind = sql`t.subject_kind = ${sql.lit(kind)}`;
  const conditions = [...conditionsOf(visible), ...(whole ? [whole(rights)] : [])];
  if (conditions.length === 0) return ofKind;
  return sql`(${ofKind} and t.subject_id in (select t.id from ${sql.table(table)} t where ${allHold(conditions)}))`;
}

/**
 * Which changes an actor sees: an admin all; a supervisor those of what they may see; an operator those of what they may
 * change; both their own too, but none that tells of whom they do not see. Nobody but an employee sees any.
 */
export function visibleChanges(rights: Rights): Visibility {
  if (may(rights, Permission.HISTORY_ALL)) return 'all';
  const ofAll = may(rights, Permission.HISTORY_READ);
  if (rights.kind !== 'user' || !(ofAll || may(rights, Permission.HISTORY_READ_OWN))) return 'none';
  const subjects = Object.entries(SUBJECTS)
    .filter(([, { changedBy }]) => ofAll || changedBy.some((permission) => may(rights, permission)))
    .flatMap((subject) => ofSeen(rights, subject) ?? []);
  const own = ownChanges(rights);
  return subjects.length === 0 ? own : anyOf(own, oneHolds(subjects));
}

/** Those that the actor made: of what tells of others by itself, only where that is seen. */
function ownChanges(rights: Rights): RawBuilder<unknown> {
  const telling = Object.entries(SUBJECTS).filter(([, { tells }]) => tells);
  const kinds = sql.join(telling.map(([kind]) => sql.lit(kind)));
  const seen = telling.flatMap((subject) => ofSeen(rights, subject) ?? []);
  return sql`(t.user_id = ${OWN.userId} and ${oneHolds([sql`t.subject_kind not in (${kinds})`, ...seen])})`;
}

/**
 * Tells of the fields of a change which of them an actor sees: those that they see of the object itself, as it is now.
 * Of an object that they do not see, none; of a field that nobody has a rule for, none either.
 */
export async function shownFields(
  change: Pick<Row<ChangeRecord>, 'subjectKind' | 'subjectId'>,
  names: readonly string[],
  reader: Reader,
): Promise<readonly string[]> {
  if (may(reader.actor, Permission.HISTORY_ALL)) return names;
  const subject = SUBJECTS[change.subjectKind];
  const row = subject && (await reader.byId(subject.readable, change.subjectId));
  if (!row) return [];
  const isShown = async (rule: FieldRule | undefined) => {
    if (rule === undefined || rule === 'shown') return rule === 'shown';
    return typeof rule === 'string' ? may(reader.actor, rule) : rule.holds(reader.actor, row as never, reader);
  };
  const shown = await Promise.all(
    names.map((name) => isShown(Object.hasOwn(subject.fields, name) ? subject.fields[name] : undefined)),
  );
  return names.filter((_, i) => shown[i]);
}
