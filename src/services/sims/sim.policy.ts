import { sql } from 'kysely';
import { Permission } from '../../entities/identity/permission.enum.js';
import type { Actor } from '../shared/access/actor.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import { OWN } from '../shared/access/own.js';
import type { Rights } from '../shared/access/rights.js';
import type { ShownRule } from '../shared/read/reads/shown.js';
import type { Visibility } from '../shared/read/visibility.js';

/** Who may use the operations on SIMs (requirements, "Who may do what"). */
export const SIM_OPERATIONS: OperationRules = {
  'Query.sim': [Permission.SIMS_READ],
  'Query.sims': [Permission.SIMS_READ],
};

/** Which SIMs an actor sees: a customer those in their contracts that have not ended, everybody else by permission. */
export function visibleSims(rights: Rights): Visibility {
  if (!may(rights, Permission.SIMS_READ)) return 'none';
  if (rights.kind !== 'customer') return 'all';
  return sql`exists (select from contract c
    where c.sim_id = t.id and c.customer_id = ${OWN.customerId} and c.status not in ('CLOSED', 'CANCELLED'))`;
}

const seesImsi = (whoever: Pick<Actor, 'kind' | 'permissions'>) =>
  whoever.kind !== 'customer' && may(whoever, Permission.SIMS_READ);

/** The secret side of SIMs is shown to who reads SIMs: a customer sees no IMSI, not of their own SIMs either. */
export const IMSI_SHOWN: ShownRule = {
  holds: seesImsi,
  where: (rights) => (seesImsi(rights) ? 'always' : 'never'),
};
