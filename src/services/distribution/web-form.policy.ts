import { sql } from 'kysely';
import { Permission } from '../../entities/identity/permission.enum.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import type { Rights } from '../shared/access/rights.js';
import type { Visibility } from '../shared/read/visibility.js';
import { OWN_SOURCES } from './source.policy.js';

const MANAGE = [Permission.SOURCES_MANAGE];

/** Who may use the operations on web forms: they are part of their source. */
export const WEB_FORM_OPERATIONS: OperationRules = {
  'Query.webForm': [Permission.SOURCES_READ, Permission.SOURCES_READ_OWN],
  'Mutation.createWebForm': MANAGE,
  'Mutation.changeWebForm': MANAGE,
  'Mutation.removeWebForm': MANAGE,
};

/** Which web forms an actor sees: those of the sources that they see. */
export function visibleWebForms(rights: Rights): Visibility {
  if (may(rights, Permission.SOURCES_READ)) return 'all';
  return may(rights, Permission.SOURCES_READ_OWN) && rights.hasOperator ? sql`t.source_id in ${OWN_SOURCES}` : 'none';
}
