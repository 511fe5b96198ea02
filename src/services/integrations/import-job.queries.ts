import { sql } from 'kysely';
import { ImportIssue } from '../../entities/integrations/import-issue.entity.js';
import { ImportJob } from '../../entities/integrations/import-job.entity.js';
import type { ImportKind } from '../../entities/integrations/import-kind.enum.js';
import type { ImportState } from '../../entities/integrations/import-state.enum.js';
import { StoredFile } from '../../entities/integrations/stored-file.entity.js';
import { choice } from '../shared/read/filter.js';
import { readable } from '../shared/read/readable.js';
import { visibleImports } from './import.policy.js';

/** How imports are read. */
export const importJobs = readable({
  kind: 'ImportJob',
  entity: ImportJob,
  visible: visibleImports,
  filters: {
    kind: choice<ImportKind>((kind) => sql`t.kind = ${kind}`),
    state: choice<ImportState>((state) => sql`t.state = ${state}`),
  },
  orders: { CREATED_AT: ['createdAt'] },
  defaultOrder: { field: 'CREATED_AT', direction: 'DESC' },
});

/** How the bad rows of an import are read, in the order of the file. */
export const importIssues = readable({
  kind: 'ImportIssue',
  entity: ImportIssue,
  visible: visibleImports,
  filters: {},
  orders: { LINE: ['line'] },
  defaultOrder: { field: 'LINE', direction: 'ASC' },
});

/** How files that were sent to us are read. */
export const storedFiles = readable({
  kind: 'StoredFile',
  entity: StoredFile,
  visible: visibleImports,
  filters: {},
  orders: { CREATED_AT: ['createdAt'] },
  defaultOrder: { field: 'CREATED_AT', direction: 'DESC' },
});
