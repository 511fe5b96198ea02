import { CUSTOMER_OPERATIONS } from './customers/customer.policy.js';
import type { OperationRules } from './shared/access/operation-rule.js';

/** Who may use which operation of the graph; one that is missing here may be used by nobody. */
export const OPERATION_RULES: OperationRules = {
  'Query.node': 'known',
  'Query.nodes': 'known',
  'Query.enumLabels': 'anybody',
  ...CUSTOMER_OPERATIONS,
};
