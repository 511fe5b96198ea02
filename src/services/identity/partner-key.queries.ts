import { sql } from 'kysely';
import { PartnerKey } from '../../entities/identity/partner-key.entity.js';
import { choice } from '../shared/read/filter.js';
import { readable } from '../shared/read/readable.js';
import { visiblePartnerKeys } from './partner-key.policy.js';

/** How the keys of partners are read. */
export const partnerKeys = readable({
  kind: 'PartnerKey',
  entity: PartnerKey,
  visible: visiblePartnerKeys,
  filters: { revoked: choice<boolean>((revoked) => sql`(t.revoked_at is not null) = ${revoked}`) },
  orders: { NAME: ['name'], CREATED_AT: ['createdAt'] },
  defaultOrder: { field: 'NAME', direction: 'ASC' },
});
