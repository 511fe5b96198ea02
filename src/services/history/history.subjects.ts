import type { RawBuilder } from 'kysely';
import { Permission } from '../../entities/identity/permission.enum.js';
import { payments } from '../billing/payment.queries.js';
import { tariffs } from '../catalog/tariff.queries.js';
import { contracts } from '../contracts/contract.queries.js';
import { customers } from '../customers/customer.queries.js';
import { inquiries } from '../distribution/inquiry.queries.js';
import { leadDuplicates, leads } from '../distribution/lead.queries.js';
import { sources } from '../distribution/source.queries.js';
import { webForms } from '../distribution/web-form.queries.js';
import { WHOLE_OPERATOR_SHOWN, wholeOperators } from '../identity/operator.policy.js';
import { operators } from '../identity/operator.queries.js';
import { partnerKeys } from '../identity/partner-key.queries.js';
import { WHOLE_USER_SHOWN, wholeUsers } from '../identity/user.policy.js';
import { users } from '../identity/user.queries.js';
import { importJobs, storedFiles } from '../integrations/import-job.queries.js';
import { webhookEndpoints } from '../integrations/webhooks/webhook.queries.js';
import type { Rights } from '../shared/access/rights.js';
import type { Readable } from '../shared/read/readable.js';
import type { ShownRule } from '../shared/read/reads/shown.js';
import { IMSI_SHOWN } from '../sims/sim.policy.js';
import { sims } from '../sims/sim.queries.js';

/** Who sees a field of an object: whoever sees the object, whoever has a permission beside, or as a rule says. */
export type FieldRule = 'shown' | Permission | ShownRule;

/** What has a history, and who sees what of it: the same as of the object itself. */
export interface Subject {
  readonly readable: Readable<{ id: string }>;
  /** Its table. */
  readonly table: string;
  /** Whoever has one of these changes such objects. */
  readonly changedBy: readonly Permission[];
  /** The objects of table `t` that are shown whole, where less may be shown of them. */
  readonly whole?: (rights: Rights) => RawBuilder<unknown>;
  /**
   * Whether it tells of somebody that there is such an object, as that a lead was not known before: then who made it without
   * knowing has its history only where they see it.
   */
  readonly tells?: true;
  /** By the names that events give to what they changed; a field that is not here is shown to nobody but who sees all. */
  readonly fields: Readonly<Record<string, FieldRule>>;
}

const shown = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'shown' as const]));
const ruled = (rule: FieldRule, ...names: string[]) => Object.fromEntries(names.map((name) => [name, rule]));
const declared = (readable: unknown) => readable as Readable<{ id: string }>;

const subjects = {
  Customer: {
    readable: declared(customers),
    table: 'customer',
    changedBy: [Permission.CUSTOMERS_CHANGE],
    fields: shown('name', 'lastName', 'firstName', 'patronymic', 'companyName', 'email', 'status', 'sessions'),
  },
  Contract: {
    readable: declared(contracts),
    table: 'contract',
    changedBy: [Permission.CONTRACTS_CHANGE],
    fields: {
      ...shown('number', 'msisdn', 'status', 'validFrom', 'tariffFrom'),
      customerId: Permission.CUSTOMERS_READ,
      simId: Permission.SIMS_READ,
      tariffId: Permission.TARIFFS_READ,
    },
  },
  Sim: {
    readable: declared(sims),
    table: 'sim',
    changedBy: [Permission.CONTRACTS_CHANGE],
    fields: { ...shown('iccid', 'status'), imsi: IMSI_SHOWN },
  },
  Payment: {
    readable: declared(payments),
    table: 'payment',
    changedBy: [Permission.PAYMENTS_TAKE],
    fields: {
      ...shown('amount', 'currency', 'method', 'status', 'receivedAt'),
      customerId: Permission.CUSTOMERS_READ,
      contractId: Permission.CONTRACTS_READ,
    },
  },
  Tariff: {
    readable: declared(tariffs),
    table: 'tariff',
    changedBy: [Permission.TARIFFS_CHANGE],
    fields: {
      ...shown('name', 'description', 'active', 'pricePerMinute', 'monthlyFee', 'currency', 'includedMinutes'),
      ...shown('billingStepSeconds', 'minimumSeconds', 'pricesFrom'),
    },
  },
  User: {
    readable: declared(users),
    table: 'app_user',
    changedBy: [Permission.USERS_MANAGE],
    whole: wholeUsers,
    fields: {
      ...shown('lastName', 'firstName', 'patronymic', 'presence'),
      ...ruled(WHOLE_USER_SHOWN, 'email', 'groupId', 'role', 'workPhone', 'active', 'expiresAt', 'sessions'),
    },
  },
  Operator: {
    readable: declared(operators),
    table: 'operator',
    changedBy: [Permission.OPERATORS_MANAGE, Permission.WEIGHTS_CHANGE, Permission.WEIGHTS_CHANGE_GROUPS],
    whole: wholeOperators,
    fields: {
      ...shown('alias', 'removedAt'),
      ...ruled(WHOLE_OPERATOR_SHOWN, 'phone', 'maxLoad', 'schedule', 'skills', 'active'),
    },
  },
  Source: {
    readable: declared(sources),
    table: 'source',
    changedBy: [Permission.SOURCES_MANAGE, Permission.WEIGHTS_CHANGE, Permission.WEIGHTS_CHANGE_GROUPS],
    fields: {
      ...shown('name', 'description', 'ownExternalIds', 'sticky', 'asksPresence', 'acceptWithinSeconds'),
      ...shown('answerWithinSeconds', 'warnBeforeSeconds', 'skills', 'priority', 'intakeOpen', 'removedAt'),
      // Whose weight it is, and what.
      ...ruled(Permission.SOURCES_READ, 'operatorId', 'weight'),
    },
  },
  WebForm: {
    readable: declared(webForms),
    table: 'web_form',
    changedBy: [Permission.SOURCES_MANAGE],
    fields: shown('sourceId', 'title', 'thanks', 'language', 'origins', 'removedAt'),
  },
  Lead: {
    readable: declared(leads),
    table: 'lead',
    changedBy: [Permission.LEADS_CHANGE],
    tells: true,
    fields: shown('name', 'externalId', 'phone', 'email', 'aliases', 'sourceIds', 'mergedIntoId', 'mergedFromId'),
  },
  LeadDuplicate: {
    readable: declared(leadDuplicates),
    table: 'lead_duplicate',
    changedBy: [Permission.LEADS_CHANGE],
    tells: true,
    fields: shown('firstId', 'secondId', 'identifier', 'state'),
  },
  Inquiry: {
    readable: declared(inquiries),
    table: 'inquiry',
    changedBy: [Permission.INQUIRIES_CHANGE, Permission.INQUIRIES_ASSIGN, Permission.INQUIRIES_ASSIGN_GROUPS],
    fields: {
      ...shown('leadId', 'status', 'priority', 'skills', 'way', 'end', 'answeredAt'),
      sourceId: Permission.INQUIRIES_READ,
      operatorId: Permission.OPERATORS_READ,
    },
  },
  PartnerKey: {
    readable: declared(partnerKeys),
    table: 'partner_key',
    changedBy: [Permission.KEYS_MANAGE],
    fields: shown('name', 'scopes', 'revokedAt'),
  },
  WebhookEndpoint: {
    readable: declared(webhookEndpoints),
    table: 'webhook_endpoint',
    changedBy: [Permission.WEBHOOKS_MANAGE],
    fields: shown('host', 'eventKinds', 'description', 'state'),
  },
  StoredFile: {
    readable: declared(storedFiles),
    table: 'stored_file',
    changedBy: [Permission.IMPORTS_START],
    fields: shown('name', 'sizeBytes', 'sha256'),
  },
  ImportJob: {
    readable: declared(importJobs),
    table: 'import_job',
    changedBy: [Permission.IMPORTS_START],
    fields: {
      ...shown('kind', 'fileId', 'validFrom', 'state', 'createdRows', 'updatedRows', 'unchangedRows', 'badRows'),
      ...shown('failure'),
    },
  },
} satisfies Readonly<Record<string, Subject>>;

/** The kinds of objects that have a history. */
export type SubjectKind = keyof typeof subjects;

/** By the kind of the object. */
export const SUBJECTS: Readonly<Record<string, Subject>> = subjects;
