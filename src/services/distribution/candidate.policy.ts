import { Permission } from '../../entities/identity/permission.enum.js';
import type { Actor } from '../shared/access/actor.js';
import { may } from '../shared/access/operation-rule.js';

/**
 * Whether an actor sees who could take an inquiry and what stood in the way of others: who reads all sources. An operator
 * does not learn from their own inquiries how busy others are.
 */
export function seesCandidates(actor: Actor): boolean {
  return may(actor, Permission.SOURCES_READ);
}
