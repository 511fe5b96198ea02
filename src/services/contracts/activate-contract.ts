import { sql } from 'kysely';
import { z } from 'zod';
import { ContractStatus } from '../../entities/contracts/contract-status.enum.js';
import { SimStatus } from '../../entities/sims/sim-status.enum.js';
import { runIdempotently } from '../shared/database/run-idempotently.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { idInput } from '../shared/ids/id-input.js';
import { simChanged } from '../sims/sims.events.js';
import { checkContractStep } from './contract.states.js';
import { contractActivated } from './contracts.events.js';

/** Which contract to switch on. */
export interface ActivateContractInput {
  /** The contract's global id. */
  readonly contractId: string;
  readonly idempotencyKey: string;
}

/**
 * Switches on a contract that was registered for later, and its SIM with it (requirements, part 4).
 *
 * @returns the contract's key
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, STATE_NOT_ALLOWED or IDEMPOTENCY_MISMATCH
 */
export async function activateContract(
  work: Work,
  input: ActivateContractInput,
): Promise<{ readonly contractId: string }> {
  return runIdempotently(work, 'activateContract', input, async () => {
    const { contractId } = parseInput(z.object({ contractId: idInput('Contract') }), input);
    const path = ['input', 'contractId'];
    const [contract] = await work.rows<{ status: ContractStatus }>(
      sql`select status from contract where id = ${contractId} for no key update`,
    );
    if (!contract) throw refuse(ErrorCode.NOT_FOUND, 'There is no such contract.', path);
    // Only one that waits for its activation; a suspended one is resumed, which is another matter.
    if (contract.status !== ContractStatus.ACCEPTED) checkContractStep(contract.status, ContractStatus.ACCEPTED, path);
    checkContractStep(contract.status, ContractStatus.ACTIVE, path);
    const [changed] = await work.rows<{ version: number; simId: string; customerId: string }>(sql`
      update contract set status = ${ContractStatus.ACTIVE}, activated_at = ${work.now.toISOString()}::timestamptz,
        version = version + 1
      where id = ${contractId} returning version, sim_id as "simId", customer_id as "customerId"`);
    const { version, simId, customerId } = changed!;
    const [sim] = await work.rows<{ before: SimStatus }>(sql`
      update sim set status = ${SimStatus.ACTIVE},
        activated_at = coalesce(activated_at, ${work.now.toISOString()}::timestamptz)
      where id = ${simId} returning old.status as before`);
    const steps = [contract.status, ContractStatus.ACTIVE] as const;
    await work.record([
      contractActivated({ id: contractId, customerId, version }, { simId }, steps),
      simChanged(simId, { status: sim!.before }, { status: SimStatus.ACTIVE }),
    ]);
    return { contractId };
  });
}
