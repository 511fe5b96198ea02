import { sql } from 'kysely';
import { ContractStatus } from '../../entities/contracts/contract-status.enum.js';
import { SimStatus } from '../../entities/sims/sim-status.enum.js';
import type { Work } from '../shared/database/work.js';
import { simChanged } from '../sims/sims.events.js';
import type { LockedContract } from './change-tariff.js';
import { simSwapped } from './contracts.events.js';
import { withConflictsNamed } from './subscriber-conflicts.js';
import { simTaken, takeSim } from './take-sim.js';

/** What a SIM is in a contract of each status. */
const SIM_IN: Readonly<Partial<Record<ContractStatus, SimStatus>>> = {
  [ContractStatus.ACTIVE]: SimStatus.ACTIVE,
  [ContractStatus.SUSPENDED]: SimStatus.SUSPENDED,
};

/**
 * Puts another SIM into a contract: the old one is retired and its binding closed, both are kept (requirements, part 3).
 *
 * The swap holds from the instant given, or from now where the old SIM had not been bound before that.
 *
 * @throws Refusal with CONFLICT or STATE_NOT_ALLOWED on the path of `iccid` when the other SIM is not free
 */
export async function swapSim(
  work: Work,
  contract: LockedContract & { readonly status: ContractStatus },
  iccid: string,
  from: Date,
): Promise<void> {
  const [current] = await work.rows<{ id: string; simId: string; at: string }>(sql`
    select id, sim_id as "simId", case
      when ${from.toISOString()}::timestamptz > bound_from then ${from.toISOString()}::timestamptz
      else greatest(${work.now.toISOString()}::timestamptz, bound_from + interval '1 millisecond')
    end as at
    from sim_binding where contract_id = ${contract.id} and bound_until is null for no key update`);
  const { id, simId: previousSimId, at } = current!;
  await work.rows(sql`select from sim where id = ${previousSimId} or iccid = ${iccid} order by id for no key update`);
  await withConflictsNamed(async () => {
    const taken = await takeSim(work, { iccid, imsi: null, from: new Date(at) });
    const simId = taken.id;
    await work.rows(sql`update sim_binding set bound_until = ${at}::timestamptz where id = ${id}`);
    await work.rows(sql`
      insert into sim_binding (sim_id, contract_id, bound_from) values (${simId}, ${contract.id}, ${at}::timestamptz)`);
    const [retired] = await work.rows<{ before: SimStatus }>(sql`
      update sim set status = ${SimStatus.RETIRED} where id = ${previousSimId} returning old.status as before`);
    const status = SIM_IN[contract.status] ?? SimStatus.RESERVED;
    await work.rows(sql`
      update sim set status = ${status}::text,
        activated_at = case when ${status}::text = 'RESERVED' then activated_at else coalesce(activated_at, ${at}::timestamptz) end
      where id = ${simId}`);
    const [changed] = await work.rows<{ version: number }>(sql`
      update contract set sim_id = ${simId}, version = version + 1 where id = ${contract.id} returning version`);
    await work.record([
      simSwapped({ ...contract, version: changed!.version }, { simId, previousSimId }),
      simChanged(previousSimId, { status: retired!.before }, { status: SimStatus.RETIRED }),
      simTaken(taken, iccid, status),
    ]);
  });
}
