import { payments } from './billing/payment.queries.js';
import { calls } from './calls/call.queries.js';
import { charges } from './calls/charge.queries.js';
import { tariffs, tariffVersions } from './catalog/tariff.queries.js';
import { contracts } from './contracts/contract.queries.js';
import { customers } from './customers/customer.queries.js';
import { assignments, inquiries } from './distribution/inquiry.queries.js';
import { leadAliases, leadDuplicates, leadSourceIds, leads } from './distribution/lead.queries.js';
import { sources, sourceWeights } from './distribution/source.queries.js';
import { webForms } from './distribution/web-form.queries.js';
import { changeRecords } from './history/change-record.queries.js';
import { operators } from './identity/operator.queries.js';
import { partnerKeys } from './identity/partner-key.queries.js';
import { roles, userGroups, users } from './identity/user.queries.js';
import { importJobs, storedFiles } from './integrations/import-job.queries.js';
import { webhookAttempts, webhookDeliveries, webhookEndpoints } from './integrations/webhooks/webhook.queries.js';
import type { Readable } from './shared/read/readable.js';
import { sims } from './sims/sim.queries.js';

/** What can be fetched by its global id, by kind. */
export const READABLES: ReadonlyMap<string, Readable<{ id: string }>> = new Map(
  [
    calls,
    changeRecords,
    charges,
    customers,
    contracts,
    payments,
    sims,
    tariffs,
    tariffVersions,
    importJobs,
    assignments,
    inquiries,
    leadDuplicates,
    leadAliases,
    leadSourceIds,
    leads,
    sources,
    sourceWeights,
    webForms,
    storedFiles,
    operators,
    partnerKeys,
    roles,
    userGroups,
    users,
    webhookAttempts,
    webhookDeliveries,
    webhookEndpoints,
  ].map((one) => [one.kind, one as unknown as Readable<{ id: string }>]),
);
