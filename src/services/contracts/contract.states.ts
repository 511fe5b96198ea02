import { ContractStatus } from '../../entities/contracts/contract-status.enum.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';

/** The steps of a contract (requirements, part 4); any other is refused. */
const STEPS: Readonly<Record<ContractStatus, readonly ContractStatus[]>> = {
  DRAFT: [ContractStatus.ACCEPTED, ContractStatus.CANCELLED],
  ACCEPTED: [ContractStatus.ACTIVE, ContractStatus.CANCELLED],
  ACTIVE: [ContractStatus.SUSPENDED, ContractStatus.CLOSED],
  SUSPENDED: [ContractStatus.ACTIVE, ContractStatus.CLOSED],
  CLOSED: [],
  CANCELLED: [],
};

/** @throws Refusal with STATE_NOT_ALLOWED when there is no such step */
export function checkContractStep(from: ContractStatus, to: ContractStatus, path: readonly string[]): void {
  if (STEPS[from].includes(to)) return;
  const message = `A contract that is ${from.toLowerCase()} cannot become ${to.toLowerCase()}.`;
  throw refuse(ErrorCode.STATE_NOT_ALLOWED, message, path);
}
