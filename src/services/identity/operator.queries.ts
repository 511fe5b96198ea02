import { sql } from 'kysely';
import { Operator } from '../../entities/identity/operator.entity.js';
import { foldSkill } from '../distribution/inquiry.input.js';
import { readPhoneNumber } from '../shared/phone/phone-number.js';
import { choice, filter } from '../shared/read/filter.js';
import { readable } from '../shared/read/readable.js';
import { visibleOperators, wholeOperators } from './operator.policy.js';

/** How operators are read; only the alias, which everybody sees, orders them. */
export const operators = readable({
  kind: 'Operator',
  entity: Operator,
  visible: visibleOperators,
  filters: {
    alias: filter<string>((part) => sql`strpos(lower(t.alias), lower(${part})) > 0`),
    removed: choice<boolean>((removed) => sql`(t.removed_at is not null) = ${removed}`),
    active: choice<boolean>((active) => sql`t.active = ${active}`),
    phone: filter(
      (number) => sql`t.phone = ${number}`,
      (text: string) => readPhoneNumber(text) ?? '',
    ),
    skill: filter((skill) => sql`${skill} = any(t.skills)`, foldSkill),
  },
  hideable: { names: ['active', 'phone', 'skill'], whole: wholeOperators },
  orders: { ALIAS: ['alias'] },
  defaultOrder: { field: 'ALIAS', direction: 'ASC' },
});
