import { sql } from 'kysely';
import type { ChangeKind } from '../../entities/history/change-kind.enum.js';
import { ChangeRecord } from '../../entities/history/change-record.entity.js';
import { customers } from '../customers/customer.queries.js';
import { partnerKeys } from '../identity/partner-key.queries.js';
import { users } from '../identity/user.queries.js';
import { refuseInput } from '../shared/errors/refusal.js';
import { decodeId } from '../shared/ids/global-id.js';
import { choice, type Filter, filter, idFilter, instantFilter } from '../shared/read/filter.js';
import { readable } from '../shared/read/readable.js';
import type { ChildCondition } from '../shared/read/reads/to-one.js';
import { allHold, conditionsOf, type RowScope } from '../shared/read/visibility.js';
import { visibleChanges } from './history.policy.js';
import { SUBJECTS } from './history.subjects.js';

/** By whom, where the asker sees them at all: else a filter would tell that they did something. */
function byActor(column: string, { visible }: { readonly visible: RowScope }, table: string): Filter<string>['where'] {
  return (key, rights) => {
    const ofActor = sql`t.${sql.ref(column)} = ${key}`;
    const seen = visible(rights);
    if (seen === 'all') return ofActor;
    const isSeen = allHold([sql`t.id = ${key}`, ...conditionsOf(seen)]);
    return sql`(${ofActor} and exists (select from ${sql.table(table)} t where ${isSeen}))`;
  };
}

/** How the history is read. */
export const changeRecords = readable({
  kind: 'ChangeRecord',
  entity: ChangeRecord,
  visible: visibleChanges,
  filters: {
    kind: choice<ChangeKind>((kind) => sql`t.kind = ${kind}`),
    // Of any kind: what stands in a statement is one value, so it is taken apart there.
    subjectId: filter(
      (subject) => sql`(t.subject_kind = split_part(${subject}::text, ':', 1)
        and t.subject_id = split_part(${subject}::text, ':', 2)::bigint)`,
      (id: string, _scope, path) => {
        const subject = decodeId(id);
        if (!subject) throw refuseInput(path, 'This is not an id.');
        if (!Object.hasOwn(SUBJECTS, subject.kind)) {
          throw refuseInput(path, `This is an id of ${subject.kind}, which has no history.`);
        }
        return `${subject.kind}:${subject.key}`;
      },
    ),
    userId: idFilter('User', byActor('user_id', users, 'app_user')),
    customerId: idFilter('Customer', byActor('customer_id', customers, 'customer')),
    partnerKeyId: idFilter('PartnerKey', byActor('partner_key_id', partnerKeys, 'partner_key')),
    recordedFrom: instantFilter((from) => sql`t.recorded_at >= ${from}::timestamptz`),
    recordedBefore: instantFilter((before) => sql`t.recorded_at < ${before}::timestamptz`),
  },
  orders: { RECORDED_AT: ['recordedAt'] },
  defaultOrder: { field: 'RECORDED_AT', direction: 'DESC' },
});

/** Of the changes that have the key of an object, those of an object of this kind. */
export function ofKind(kind: string): ChildCondition {
  return { name: kind, where: sql`t.subject_kind = ${sql.lit(kind)}` };
}
