import type { Context } from '../../context.js';
import type { Call } from '../../entities/calls/call.entity.js';
import type { Charge } from '../../entities/calls/charge.entity.js';
import type { CallListArgs } from '../../schema/calls/call.inputs.js';
import type { ChargeListArgs } from '../../schema/calls/charge.inputs.js';
import { calls } from '../../services/calls/call.queries.js';
import { callConditions, chargeConditions } from '../../services/calls/call-conditions.js';
import { charges } from '../../services/calls/charge.queries.js';

/** The page of calls that a client asks for, of those that refer to `parent` through any of the properties named. */
export function callsOf(
  { reader, actor, database }: Context,
  parents: readonly (keyof Call & string)[],
  parent: string,
  { filter, ...page }: CallListArgs,
) {
  const conditions = callConditions(actor, database.settings.calendar, filter);
  return reader.pageOf(calls, parents, parent, { ...page, filter: conditions });
}

/** The page of charges that a client asks for, of those that refer to `parent` through the property named. */
export function chargesOf(
  { reader, database }: Context,
  property: keyof Charge & string,
  parent: string,
  { filter, ...page }: ChargeListArgs,
) {
  const conditions = chargeConditions(database.settings.calendar, filter);
  return reader.pageOf(charges, [property], parent, { ...page, filter: conditions });
}
