import { sql } from 'kysely';
import { SimStatus } from '../../entities/sims/sim-status.enum.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { Refusal, type UserError } from '../shared/errors/refusal.js';
import type { NewChange } from '../shared/events/event.js';
import { type SimFields, simChanged, simRegistered } from '../sims/sims.events.js';
import { CONFLICTS } from './subscriber-conflicts.js';

interface SimState {
  readonly id: string;
  readonly status: SimStatus;
  readonly imsi: string | null;
  /** It stands in a contract now. */
  readonly bound: boolean;
  /** Some of the time asked for, it stood in one. */
  readonly wasBound: boolean;
}

const UNUSABLE: ReadonlySet<SimStatus> = new Set([SimStatus.BLOCKED, SimStatus.RETIRED]);
const FREE: ReadonlySet<SimStatus> = new Set([SimStatus.IN_STOCK, SimStatus.RESERVED]);

/** Why a SIM cannot go into another contract, if it cannot. */
function obstacleOf(sim: SimState, imsi: string | null): UserError | undefined {
  if (sim.bound) return CONFLICTS.SIM_BOUND;
  if (UNUSABLE.has(sim.status)) {
    const state = sim.status.toLowerCase();
    return { code: ErrorCode.STATE_NOT_ALLOWED, message: `This SIM is ${state}.`, path: ['input', 'iccid'] };
  }
  if (sim.wasBound || !FREE.has(sim.status)) return CONFLICTS.SIM_BOUND;
  if (imsi !== null && sim.imsi !== null && sim.imsi !== imsi) {
    return { code: ErrorCode.CONFLICT, message: 'This SIM has another IMSI.', path: ['input', 'imsi'] };
  }
  return undefined;
}

async function stateOf(work: Work, iccid: string, from: Date): Promise<SimState | undefined> {
  const [sim] = await work.rows<SimState>(sql`
    select s.id, s.status, s.imsi,
      exists (select from contract c where c.sim_id = s.id and c.status not in ('CLOSED', 'CANCELLED')) as bound,
      exists (select from sim_binding b where b.sim_id = s.id
        and tstzrange(b.bound_from, b.bound_until) && tstzrange(${from.toISOString()}::timestamptz, null)) as "wasBound"
    from sim s where s.iccid = ${iccid}`);
  return sim;
}

/** What stands between a SIM and a new contract from an instant on; a SIM that we don't know yet is free. */
export async function simObstacles(
  work: Work,
  wanted: { readonly iccid: string; readonly imsi: string | null; readonly from: Date },
): Promise<UserError[]> {
  const sim = await stateOf(work, wanted.iccid, wanted.from);
  const obstacle = sim && obstacleOf(sim, wanted.imsi);
  if (obstacle) return [obstacle];
  if (wanted.imsi === null) return [];
  const others = await work.rows(sql`select from sim where imsi = ${wanted.imsi} and iccid <> ${wanted.iccid}`);
  return others.length > 0 ? [CONFLICTS.IMSI_TAKEN] : [];
}

/** A SIM that was taken for a contract. */
export interface TakenSim {
  readonly id: string;
  readonly imsi: string | null;
  /** What it was; undefined for one that we did not know. */
  readonly before?: SimFields;
}

/**
 * Takes a SIM for a contract and keeps it locked until the transaction ends; one that we don't know is entered.
 *
 * @throws Refusal with CONFLICT or STATE_NOT_ALLOWED when it is not free, on the path of `iccid` or `imsi`
 */
export async function takeSim(
  work: Work,
  wanted: { readonly iccid: string; readonly imsi: string | null; readonly from: Date },
): Promise<TakenSim> {
  const { iccid, imsi, from } = wanted;
  const [entered] = await work.rows<{ id: string }>(
    sql`insert into sim (iccid, imsi) values (${iccid}, ${imsi}) on conflict (iccid) do nothing returning id`,
  );
  // Nobody else sees it before this transaction ends.
  if (entered) return { id: entered.id, imsi };
  // What others did to it while we waited for the lock shows in a statement of its own only.
  await work.rows(sql`select from sim where iccid = ${iccid} for no key update`);
  const sim = (await stateOf(work, iccid, from))!;
  const obstacle = obstacleOf(sim, imsi);
  if (obstacle) throw new Refusal([obstacle]);
  if (imsi !== null && sim.imsi === null) await work.rows(sql`update sim set imsi = ${imsi} where id = ${sim.id}`);
  return { id: sim.id, imsi: sim.imsi ?? imsi, before: { status: sim.status, imsi: sim.imsi } };
}

/** What the history keeps of a SIM that was taken, and that has a status in its contract since. */
export function simTaken({ id, imsi, before }: TakenSim, iccid: string, status: SimStatus): NewChange {
  return before ? simChanged(id, before, { imsi, status }) : simRegistered(id, { iccid, imsi, status });
}
