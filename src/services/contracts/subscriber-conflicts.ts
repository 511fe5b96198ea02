import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse, type UserError } from '../shared/errors/refusal.js';

const VIOLATIONS = new Set(['23505', '23P01']);

const NUMBER_HELD: UserError = {
  code: ErrorCode.CONFLICT,
  message: 'This number belongs to somebody else.',
  path: ['input', 'msisdn'],
};

const SIM_BOUND: UserError = {
  code: ErrorCode.CONFLICT,
  message: 'This SIM stands in another contract.',
  path: ['input', 'iccid'],
};

const IMSI_TAKEN: UserError = {
  code: ErrorCode.CONFLICT,
  message: 'Another SIM has this IMSI.',
  path: ['input', 'imsi'],
};

/** The conflicts of a subscriber with what is there already. */
export const CONFLICTS = { NUMBER_HELD, SIM_BOUND, IMSI_TAKEN } as const;

/** What it means when one of the database's own rules stops a registration that others ran beside. */
const BY_CONSTRAINT: Readonly<Record<string, UserError>> = {
  contract_live_sim_unique: SIM_BOUND,
  sim_binding_one_contract: SIM_BOUND,
  sim_iccid_unique: SIM_BOUND,
  contract_live_msisdn_unique: NUMBER_HELD,
  number_holding_one_holder: NUMBER_HELD,
  sim_imsi_unique: IMSI_TAKEN,
};

/**
 * Runs writes on SIMs, numbers and contracts, and says of a rule of the database that stopped them which field it is.
 *
 * @throws Refusal with CONFLICT; the transaction, or the savepoint around `run`, must be rolled back
 */
export async function withConflictsNamed<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string };
    const conflict = code && VIOLATIONS.has(code) ? BY_CONSTRAINT[constraint ?? ''] : undefined;
    throw conflict ? refuse(conflict.code, conflict.message, conflict.path) : error;
  }
}
