import type { Call } from '../../entities/calls/call.entity.js';
import { part } from '../shared/read/reads/part.js';
import type { Row } from '../shared/read/row.js';

/** One end of a call, as the call's row has it; parents are keys. */
export interface CallParty {
  readonly number: string;
  readonly customer: string | null;
  readonly contract: string | null;
  readonly operator: string | null;
}

/** Which properties of a call are those of an end of it. */
type Ends = { readonly [Property in keyof CallParty]: (keyof Row<Call> & string) | null };

const CALLER_PROPERTIES: Ends = {
  number: 'callerNumber',
  customer: 'callerCustomer',
  contract: 'callerContract',
  operator: 'callerOperator',
};
const CALLED_PROPERTIES: Ends = {
  number: 'calledNumber',
  customer: 'calledCustomer',
  contract: 'calledContract',
  operator: 'calledOperator',
};
const REDIRECTED_TO_PROPERTIES: Ends = {
  number: 'redirectedToNumber',
  customer: 'redirectedToCustomer',
  contract: null,
  operator: 'redirectedToOperator',
};

/** Who called. */
export const CALLER = part<Call>({ ...CALLER_PROPERTIES });
/** Who was called. */
export const CALLED = part<Call>({ ...CALLED_PROPERTIES });
/** Whom a call was passed on to; null for one that was not. */
export const REDIRECTED_TO = part<Call>({ ...REDIRECTED_TO_PROPERTIES }, 'redirectedToNumber');
