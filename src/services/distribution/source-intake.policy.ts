import { Permission } from '../../entities/identity/permission.enum.js';
import type { OperationRules } from '../shared/access/operation-rule.js';

const MANAGE = [Permission.SOURCES_MANAGE];

/** Who may open and close the HTTP intake of sources. */
export const SOURCE_INTAKE_OPERATIONS: OperationRules = {
  'Mutation.openSourceIntake': MANAGE,
  'Mutation.closeSourceIntake': MANAGE,
};
