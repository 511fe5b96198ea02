import { PAYMENT_OPERATIONS } from './billing/payment.policy.js';
import { CALL_OPERATIONS } from './calls/call.policy.js';
import { CALL_FEED_OPERATIONS } from './calls/call-feed.policy.js';
import { TARIFF_OPERATIONS } from './catalog/tariff.policy.js';
import { CONTRACT_OPERATIONS } from './contracts/contract.policy.js';
import { CUSTOMER_OPERATIONS } from './customers/customer.policy.js';
import { INQUIRY_OPERATIONS } from './distribution/inquiry.policy.js';
import { INQUIRY_FEED_OPERATIONS } from './distribution/inquiry-feed.policy.js';
import { INQUIRY_WORK_OPERATIONS } from './distribution/inquiry-work.policy.js';
import { SOURCE_OPERATIONS } from './distribution/source.policy.js';
import { SOURCE_INTAKE_OPERATIONS } from './distribution/source-intake.policy.js';
import { STATISTICS_OPERATIONS } from './distribution/statistics.policy.js';
import { WEB_FORM_OPERATIONS } from './distribution/web-form.policy.js';
import { HISTORY_OPERATIONS } from './history/history.policy.js';
import { OPERATOR_OPERATIONS } from './identity/operator.policy.js';
import { PARTNER_KEY_OPERATIONS } from './identity/partner-key.policy.js';
import { SESSION_OPERATIONS } from './identity/session.policy.js';
import { USER_OPERATIONS } from './identity/user.policy.js';
import { IMPORT_OPERATIONS } from './integrations/import.policy.js';
import { WEBHOOK_OPERATIONS } from './integrations/webhooks/webhook.policy.js';
import { REPORT_OPERATIONS } from './reports/report.policy.js';
import type { OperationRules } from './shared/access/operation-rule.js';
import { SIM_OPERATIONS } from './sims/sim.policy.js';

/** Who may use which operation of the graph; one that is missing here may be used by nobody. */
export const OPERATION_RULES: OperationRules = {
  'Query.node': 'known',
  'Query.nodes': 'known',
  'Query.enumLabels': 'anybody',
  'Query.feedCursor': 'known',
  ...CALL_FEED_OPERATIONS,
  ...CALL_OPERATIONS,
  ...REPORT_OPERATIONS,
  ...CUSTOMER_OPERATIONS,
  ...CONTRACT_OPERATIONS,
  ...PAYMENT_OPERATIONS,
  ...SIM_OPERATIONS,
  ...TARIFF_OPERATIONS,
  ...IMPORT_OPERATIONS,
  ...HISTORY_OPERATIONS,
  ...INQUIRY_FEED_OPERATIONS,
  ...INQUIRY_OPERATIONS,
  ...INQUIRY_WORK_OPERATIONS,
  ...SOURCE_INTAKE_OPERATIONS,
  ...SOURCE_OPERATIONS,
  ...STATISTICS_OPERATIONS,
  ...WEB_FORM_OPERATIONS,
  ...OPERATOR_OPERATIONS,
  ...PARTNER_KEY_OPERATIONS,
  ...SESSION_OPERATIONS,
  ...USER_OPERATIONS,
  ...WEBHOOK_OPERATIONS,
};
