import { sql } from 'kysely';
import { Operator } from '../../entities/identity/operator.entity.js';
import { readPhoneNumber } from '../shared/phone/phone-number.js';
import { readable } from '../shared/read/readable.js';
import { visibleOperators } from './operator.policy.js';

/**
 * How operators are read.
 *
 * Only the alias, which everybody sees, orders them; the filters of `HIDEABLE_OPERATOR_FILTERS` must be asked together
 * with `wholeOperators`, or they would tell what is hidden.
 */
export const operators = readable({
  kind: 'Operator',
  entity: Operator,
  visible: visibleOperators,
  filters: {
    alias: (part: string) => sql`strpos(lower(t.alias), lower(${part})) > 0`,
    active: (active: boolean) => sql`t.active = ${active}`,
    phone: (number: string) => sql`t.phone = ${readPhoneNumber(number) ?? ''}`,
    skill: (skill: string) => sql`${skill} = any(t.skills)`,
  },
  orders: { ALIAS: ['alias'] },
  defaultOrder: { field: 'ALIAS', direction: 'ASC' },
});

/** The filters that ask for what can be hidden of an operator. */
export const HIDEABLE_OPERATOR_FILTERS = ['active', 'phone', 'skill'] as const;
