import { sql } from 'kysely';
import { Assignment } from '../../entities/distribution/assignment.entity.js';
import type { AssignmentWay } from '../../entities/distribution/assignment-way.enum.js';
import { Inquiry } from '../../entities/distribution/inquiry.entity.js';
import type { InquiryStatus } from '../../entities/distribution/inquiry-status.enum.js';
import { NOW } from '../shared/database/parameter.js';
import { choice, idFilter, instantFilter } from '../shared/read/filter.js';
import { readable } from '../shared/read/readable.js';
import { visibleAssignments, visibleInquiries } from './inquiry.policy.js';

/** How inquiries are read. */
export const inquiries = readable({
  kind: 'Inquiry',
  entity: Inquiry,
  visible: visibleInquiries,
  filters: {
    status: choice<InquiryStatus>((status) => sql`t.status = ${status}`),
    waiting: choice<boolean>((waiting) => sql`(t.status = 'ACTIVE' and t.operator_id is null) = ${waiting}`),
    overdue: choice<boolean>(
      (overdue) => sql`(t.status = 'ACTIVE' and t.answered_at is null and t.answer_due_at is not null
        and t.answer_due_at < ${NOW}::timestamptz) = ${overdue}`,
    ),
    leadId: idFilter('Lead', (key) => sql`t.lead_id = ${key}`),
    sourceId: idFilter('Source', (key) => sql`t.source_id = ${key}`),
    operatorId: idFilter('Operator', (key) => sql`t.operator_id = ${key}`),
    registeredFrom: instantFilter((from) => sql`t.registered_at >= ${from}::timestamptz`),
    registeredBefore: instantFilter((before) => sql`t.registered_at < ${before}::timestamptz`),
  },
  orders: { REGISTERED_AT: ['registeredAt'] },
  defaultOrder: { field: 'REGISTERED_AT', direction: 'DESC' },
});

/** How the assignments of inquiries are read. */
export const assignments = readable({
  kind: 'Assignment',
  entity: Assignment,
  visible: visibleAssignments,
  filters: { way: choice<AssignmentWay>((way) => sql`t.way = ${way}`) },
  orders: { MADE_AT: ['madeAt'], ID: [] },
  defaultOrder: { field: 'ID', direction: 'DESC' },
});
