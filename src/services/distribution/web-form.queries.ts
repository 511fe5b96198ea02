import { sql } from 'kysely';
import { WebForm } from '../../entities/distribution/web-form.entity.js';
import { choice } from '../shared/read/filter.js';
import { readable } from '../shared/read/readable.js';
import { visibleWebForms } from './web-form.policy.js';

/** How web forms are read. */
export const webForms = readable({
  kind: 'WebForm',
  entity: WebForm,
  visible: visibleWebForms,
  filters: { removed: choice<boolean>((removed) => sql`(t.removed_at is not null) = ${removed}`) },
  orders: { CREATED_AT: ['createdAt'] },
  defaultOrder: { field: 'CREATED_AT', direction: 'ASC' },
});
