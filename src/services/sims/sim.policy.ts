import { sql } from 'kysely';
import { Permission } from '../../entities/identity/permission.enum.js';
import type { Actor } from '../shared/access/actor.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import type { Visibility } from '../shared/read/readable.js';

/** Who may use the operations on SIMs (requirements, "Who may do what"). */
export const SIM_OPERATIONS: OperationRules = {
  'Query.sim': [Permission.SIMS_READ],
  'Query.sims': [Permission.SIMS_READ],
};

/** Which SIMs an actor sees: a customer those in their contracts that have not ended, everybody else by permission. */
export function visibleSims(actor: Actor): Visibility {
  if (!may(actor, Permission.SIMS_READ)) return 'none';
  if (actor.kind !== 'customer') return 'all';
  return sql`exists (select from contract c
    where c.sim_id = t.id and c.customer_id = ${actor.customerId} and c.status not in ('CLOSED', 'CANCELLED'))`;
}

/** Whether an actor sees the secret side of SIMs: a customer sees no IMSI, not of their own SIMs either. */
export function seesImsi(actor: Actor): boolean {
  return actor.kind !== 'customer' && may(actor, Permission.SIMS_READ);
}
