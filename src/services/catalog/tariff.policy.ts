import { type RawBuilder, sql } from 'kysely';
import { Permission } from '../../entities/identity/permission.enum.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import { OWN } from '../shared/access/own.js';
import type { Rights } from '../shared/access/rights.js';
import type { Visibility } from '../shared/read/visibility.js';

/** Who may use the operations on tariffs (requirements, "Who may do what"). */
export const TARIFF_OPERATIONS: OperationRules = {
  'Query.tariff': [Permission.TARIFFS_READ],
  'Query.tariffs': [Permission.TARIFFS_READ],
};

/** The tariffs that are on sale, and those that a customer's contracts are or were on. */
function ofCustomer(tariffId: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(exists (select from tariff o where o.id = ${tariffId} and o.active) or exists (
    select from contract c join contract_tariff ct on ct.contract_id = c.id
    where c.customer_id = ${OWN.customerId} and ct.tariff_id = ${tariffId}))`;
}

/** Which tariffs an actor sees: a customer those on sale and their own, everybody else by permission. */
export function visibleTariffs(rights: Rights): Visibility {
  if (!may(rights, Permission.TARIFFS_READ)) return 'none';
  return rights.kind === 'customer' ? ofCustomer(sql`t.id`) : 'all';
}

/** Which tariffs' prices an actor sees: those of the tariffs that they see. */
export function visibleTariffVersions(rights: Rights): Visibility {
  if (!may(rights, Permission.TARIFFS_READ)) return 'none';
  return rights.kind === 'customer' ? ofCustomer(sql`t.tariff_id`) : 'all';
}
