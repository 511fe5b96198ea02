import type { Permission } from '../../../entities/identity/permission.enum.js';
import type { Actor } from './actor.js';

/**
 * What of an actor the text of a statement may depend on: not who it is.
 *
 * Who it is reaches a statement as a parameter (`OWN`), so that actors with equal rights share statements and plans.
 */
export interface Rights {
  readonly kind: Actor['kind'];
  readonly permissions: ReadonlySet<Permission>;
  /** Whether it is an employee with an operator's profile. */
  readonly hasOperator: boolean;
  /** The same text for equal rights. */
  readonly key: string;
}

const known = new WeakMap<Actor, Rights>();

/** The rights of an actor. */
export function rightsOf(actor: Actor): Rights {
  let rights = known.get(actor);
  if (!rights) {
    const { kind, permissions } = actor;
    const hasOperator = actor.kind === 'user' && actor.operatorId !== null;
    const key = `${kind}${hasOperator ? '+operator' : ''}:${[...permissions].sort().join()}`;
    rights = { kind, permissions, hasOperator, key };
    known.set(actor, rights);
  }
  return rights;
}
