import { sql } from 'kysely';
import { Inquiry } from '../../entities/distribution/inquiry.entity.js';
import type { Totals } from '../shared/read/totals.js';

/** How the inquiries that wait for an operator of a source are added up, as they wait now. */
export const sourceQueue: Totals<Inquiry> = {
  name: 'SourceQueue',
  entity: Inquiry,
  parent: 'source',
  where: sql`t.status = 'ACTIVE' and t.operator_id is null`,
  values: {
    length: { value: sql`count(*)`, type: 'integer' },
    longestSince: { value: sql`min(t.waiting_since)`, type: 'timestamptz' },
  },
};
