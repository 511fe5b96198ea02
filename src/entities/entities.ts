import { Account } from './billing/account.entity.js';
import { LedgerEntry } from './billing/ledger-entry.entity.js';
import { Payment } from './billing/payment.entity.js';
import { Posting } from './billing/posting.entity.js';
import { Call } from './calls/call.entity.js';
import { Charge } from './calls/charge.entity.js';
import { IncludedUsage } from './calls/included-usage.entity.js';
import { Tariff } from './catalog/tariff.entity.js';
import { TariffVersion } from './catalog/tariff-version.entity.js';
import { Contract } from './contracts/contract.entity.js';
import { ContractTariff } from './contracts/contract-tariff.entity.js';
import { NumberHolding } from './contracts/number-holding.entity.js';
import { SimBinding } from './contracts/sim-binding.entity.js';
import { Customer } from './customers/customer.entity.js';
import { Assignment } from './distribution/assignment.entity.js';
import { Inquiry } from './distribution/inquiry.entity.js';
import { Lead } from './distribution/lead.entity.js';
import { LeadAlias } from './distribution/lead-alias.entity.js';
import { LeadDuplicate } from './distribution/lead-duplicate.entity.js';
import { LeadSourceId } from './distribution/lead-source-id.entity.js';
import { LostDraw } from './distribution/lost-draw.entity.js';
import { Source } from './distribution/source.entity.js';
import { SourceQueue } from './distribution/source-queue.entity.js';
import { SourceWeight } from './distribution/source-weight.entity.js';
import { SourceWeighting } from './distribution/source-weighting.entity.js';
import { WebForm } from './distribution/web-form.entity.js';
import { ChangeRecord } from './history/change-record.entity.js';
import { GroupSupervision } from './identity/group-supervision.entity.js';
import { Invitation } from './identity/invitation.entity.js';
import { Login } from './identity/login.entity.js';
import { Operator } from './identity/operator.entity.js';
import { PartnerKey } from './identity/partner-key.entity.js';
import { RefreshToken } from './identity/refresh-token.entity.js';
import { Role } from './identity/role.entity.js';
import { SignInAttempt } from './identity/sign-in-attempt.entity.js';
import { User } from './identity/user.entity.js';
import { UserGroup } from './identity/user-group.entity.js';
import { ImportIssue } from './integrations/import-issue.entity.js';
import { ImportJob } from './integrations/import-job.entity.js';
import { StoredFile } from './integrations/stored-file.entity.js';
import { WebhookAttempt } from './integrations/webhook-attempt.entity.js';
import { WebhookDelivery } from './integrations/webhook-delivery.entity.js';
import { WebhookEndpoint } from './integrations/webhook-endpoint.entity.js';
import { DailyActiveSubscriber } from './reports/daily-active-subscriber.entity.js';
import { DailyCallTotal } from './reports/daily-call-total.entity.js';
import { IdempotencyRecord } from './shared/idempotency-record.entity.js';
import { InstallationMark } from './shared/installation-mark.entity.js';
import { Sim } from './sims/sim.entity.js';

/** Every table of the product, for the ORM and the guards. */
export const ENTITIES = [
  Account,
  Assignment,
  Call,
  ChangeRecord,
  Charge,
  Contract,
  ContractTariff,
  Customer,
  DailyActiveSubscriber,
  DailyCallTotal,
  GroupSupervision,
  IdempotencyRecord,
  ImportIssue,
  ImportJob,
  IncludedUsage,
  Inquiry,
  InstallationMark,
  Invitation,
  Lead,
  LeadAlias,
  LeadDuplicate,
  LeadSourceId,
  LedgerEntry,
  Login,
  LostDraw,
  NumberHolding,
  Operator,
  PartnerKey,
  Payment,
  Posting,
  RefreshToken,
  Role,
  SignInAttempt,
  Sim,
  SimBinding,
  Source,
  SourceQueue,
  SourceWeight,
  SourceWeighting,
  StoredFile,
  Tariff,
  TariffVersion,
  User,
  UserGroup,
  WebForm,
  WebhookAttempt,
  WebhookDelivery,
  WebhookEndpoint,
] as const;
