import { type RawBuilder, sql } from 'kysely';
import { Permission } from '../../entities/identity/permission.enum.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import { OWN } from '../shared/access/own.js';
import type { Rights } from '../shared/access/rights.js';
import { anyOf, oneHolds, type Visibility } from '../shared/read/visibility.js';
import { OWN_SOURCES } from './source.policy.js';

const READ = [Permission.INQUIRIES_READ, Permission.INQUIRIES_READ_OWN] as const;

/** Who may use the operations on inquiries and leads (requirements, "Who may do what": leads, inquiries). */
export const INQUIRY_OPERATIONS: OperationRules = {
  'Query.inquiry': READ,
  'Query.inquiries': READ,
  'Query.lead': READ,
  'Query.leads': READ,
  'Query.leadDuplicates': READ,
  'Mutation.registerInquiry': [Permission.INQUIRIES_REGISTER],
  'Mutation.changeLead': [Permission.LEADS_CHANGE],
  'Mutation.mergeLeads': [Permission.LEADS_CHANGE],
  'Mutation.dismissLeadDuplicate': [Permission.LEADS_CHANGE],
};

/** The inquiries of table `alias` that an operator sees: their own, and those that wait in their sources. */
function ofOperator(alias: string): RawBuilder<unknown>[] {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return [
    sql`${column('operator_id')} = ${OWN.operatorId}`,
    sql`(${column('status')} = 'ACTIVE' and ${column('operator_id')} is null and ${column('source_id')} in ${OWN_SOURCES})`,
  ];
}

const isOperator = (rights: Rights) => may(rights, Permission.INQUIRIES_READ_OWN) && rights.hasOperator;

/** Which inquiries an actor sees: an operator those that are theirs, and those that wait in their sources. */
export function visibleInquiries(rights: Rights): Visibility {
  if (may(rights, Permission.INQUIRIES_READ)) return 'all';
  return isOperator(rights) ? anyOf(...ofOperator('t')) : 'none';
}

/** Which leads an actor sees: an operator those whose inquiries they see. */
export function visibleLeads(rights: Rights): Visibility {
  if (may(rights, Permission.INQUIRIES_READ)) return 'all';
  if (!isOperator(rights)) return 'none';
  return sql`exists (select from inquiry i where i.lead_id = t.id and ${oneHolds(ofOperator('i'))})`;
}

/** Among which leads a list looks for those that an actor sees: of an operator the leads of their inquiries, by index. */
export function listedLeads(rights: Rights): RawBuilder<unknown> | undefined {
  if (may(rights, Permission.INQUIRIES_READ) || !isOperator(rights)) return undefined;
  const keys = ofOperator('i').map((condition) => sql`select i.lead_id from inquiry i where ${condition}`);
  return sql`t.id = any(array(${sql.join(keys, sql` union `)}))`;
}

/** Which of what else leads are known by an actor sees: that of leads that they see. */
export function visibleLeadNames(rights: Rights): Visibility {
  if (may(rights, Permission.INQUIRIES_READ)) return 'all';
  if (!isOperator(rights)) return 'none';
  return sql`exists (select from inquiry i where i.lead_id = t.lead_id and ${oneHolds(ofOperator('i'))})`;
}

/** Which possible duplicates an actor sees: who sees all leads. */
export function visibleLeadDuplicates(rights: Rights): Visibility {
  return may(rights, Permission.INQUIRIES_READ) ? 'all' : 'none';
}

/** Which assignments an actor sees: an operator their own. */
export function visibleAssignments(rights: Rights): Visibility {
  if (may(rights, Permission.INQUIRIES_READ)) return 'all';
  return isOperator(rights) ? sql`t.operator_id = ${OWN.operatorId}` : 'none';
}
