import { PaymentResolver } from './billing/payment.resolver.js';
import { CallResolver } from './calls/call.resolver.js';
import { CallFeedResolver } from './calls/call-feed.resolver.js';
import { CallPartyResolver } from './calls/call-party.resolver.js';
import { ChargeResolver } from './calls/charge.resolver.js';
import { ContractCallsResolver } from './calls/contract-calls.resolver.js';
import { CustomerCallsResolver } from './calls/customer-calls.resolver.js';
import { OperatorCallsResolver } from './calls/operator-calls.resolver.js';
import { TariffResolver } from './catalog/tariff.resolver.js';
import { TariffVersionResolver } from './catalog/tariff-version.resolver.js';
import { ContractResolver } from './contracts/contract.resolver.js';
import { SubscriberResolver } from './contracts/subscriber.resolver.js';
import { CustomerResolver } from './customers/customer.resolver.js';
import {
  AssignmentExplanationResolver,
  CandidateResolver,
  ExplainedAssignmentResolver,
  ExplainedCandidateResolver,
  InquiryCandidatesResolver,
  SourceCandidatesResolver,
} from './distribution/explanation.resolver.js';
import { AssignmentResolver, InquiryResolver } from './distribution/inquiry.resolver.js';
import { InquiryAssignedResolver } from './distribution/inquiry-assigned.resolver.js';
import { InquiryChangedResolver } from './distribution/inquiry-changed.resolver.js';
import { InquiryDeadlineResolver } from './distribution/inquiry-deadline.resolver.js';
import { InquiryQueueResolver } from './distribution/inquiry-queue.resolver.js';
import { InquiryWorkResolver } from './distribution/inquiry-work.resolver.js';
import { LeadDuplicateResolver, LeadResolver, LeadSourceIdResolver } from './distribution/lead.resolver.js';
import { LeadManagementResolver } from './distribution/lead-management.resolver.js';
import { OperatorInquiriesResolver } from './distribution/operator-inquiries.resolver.js';
import { SourceResolver, SourceWeightResolver } from './distribution/source.resolver.js';
import { SourceIntakeResolver } from './distribution/source-intake.resolver.js';
import { SourceManagementResolver } from './distribution/source-management.resolver.js';
import { SourceQueueResolver } from './distribution/source-queue.resolver.js';
import {
  OperatorShareResolver,
  OperatorStatisticsOfOneResolver,
  OperatorStatisticsResolver,
  SourceStatisticsOfOneResolver,
  SourceStatisticsResolver,
} from './distribution/statistics.resolver.js';
import { SourceWebFormsResolver, WebFormResolver } from './distribution/web-form.resolver.js';
import { ChangeActorResolver } from './history/change-actor.resolver.js';
import { ChangeRecordResolver } from './history/change-record.resolver.js';
import { ActivityResolver, HISTORIES } from './history/histories.resolver.js';
import { OperatorResolver } from './identity/operator.resolver.js';
import { PartnerKeyResolver } from './identity/partner-key.resolver.js';
import { SessionResolver } from './identity/session.resolver.js';
import { UserResolver } from './identity/user.resolver.js';
import { RoleResolver, UserGroupResolver } from './identity/user-group.resolver.js';
import { ViewerResolver } from './identity/viewer.resolver.js';
import { ImportJobResolver } from './integrations/import-job.resolver.js';
import { ImportProgressResolver } from './integrations/import-progress.resolver.js';
import { StoredFileResolver } from './integrations/stored-file.resolver.js';
import { WebhookAttemptResolver, WebhookDeliveryResolver } from './integrations/webhook-delivery.resolver.js';
import { WebhookEndpointResolver } from './integrations/webhook-endpoint.resolver.js';
import { WebhookEventKindResolver } from './integrations/webhook-event-kind.resolver.js';
import { WebhookManagementResolver } from './integrations/webhook-management.resolver.js';
import { DailyCallReportResolver } from './reports/daily-call-report.resolver.js';
import { EnumLabelResolver } from './shared/enum-label.resolver.js';
import { FeedCursorResolver } from './shared/feed-cursor.resolver.js';
import { NodeResolver } from './shared/node.resolver.js';
import { SimResolver } from './sims/sim.resolver.js';

/** Every resolver of the graph. */
export const RESOLVERS = [
  CallFeedResolver,
  CallPartyResolver,
  CallResolver,
  ChargeResolver,
  ContractCallsResolver,
  CustomerCallsResolver,
  OperatorCallsResolver,
  DailyCallReportResolver,
  AssignmentExplanationResolver,
  CandidateResolver,
  ExplainedAssignmentResolver,
  ExplainedCandidateResolver,
  InquiryCandidatesResolver,
  OperatorShareResolver,
  OperatorStatisticsOfOneResolver,
  OperatorStatisticsResolver,
  SourceCandidatesResolver,
  SourceStatisticsOfOneResolver,
  SourceStatisticsResolver,
  AssignmentResolver,
  InquiryAssignedResolver,
  InquiryChangedResolver,
  InquiryDeadlineResolver,
  InquiryQueueResolver,
  InquiryResolver,
  InquiryWorkResolver,
  SourceQueueResolver,
  LeadDuplicateResolver,
  LeadResolver,
  LeadSourceIdResolver,
  LeadManagementResolver,
  OperatorInquiriesResolver,
  SourceIntakeResolver,
  SourceManagementResolver,
  SourceWebFormsResolver,
  WebFormResolver,
  SourceResolver,
  SourceWeightResolver,
  CustomerResolver,
  ContractResolver,
  PaymentResolver,
  SimResolver,
  SubscriberResolver,
  TariffResolver,
  TariffVersionResolver,
  EnumLabelResolver,
  FeedCursorResolver,
  NodeResolver,
  ChangeActorResolver,
  ChangeRecordResolver,
  ActivityResolver,
  ...HISTORIES,
  ImportJobResolver,
  ImportProgressResolver,
  StoredFileResolver,
  WebhookAttemptResolver,
  WebhookDeliveryResolver,
  WebhookEndpointResolver,
  WebhookEventKindResolver,
  WebhookManagementResolver,
  OperatorResolver,
  PartnerKeyResolver,
  RoleResolver,
  SessionResolver,
  UserGroupResolver,
  UserResolver,
  ViewerResolver,
] as const;
