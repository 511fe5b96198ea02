import { CONCATENATED as j } from '../../../contenders/floor/json-text.ts';
import { grouped, type Levels, pageOf, withMember } from './levels.ts';

const CUSTOMERS = `select c.id, ${j.object({
  id: j.id('Customer', 'c.id'),
  name: j.text('c.name'),
  status: j.bare('c.status'),
  email: j.text('c.email'),
  lastPaymentAt: j.instant('c.last_payment_at'),
  createdAt: j.instant('c.created_at'),
})} from customer c where (c.name, c.id) > ($1, $2::bigint) order by c.name, c.id limit 20`;

const CONTRACTS = `select p.key, k.sim_id, k.tariff_id, ${j.object({
  id: j.id('Contract', 'k.id'),
  number: j.bare('k.number'),
  msisdn: j.bare('k.msisdn'),
  status: j.bare('k.status'),
  activatedAt: j.instant('k.activated_at'),
  createdAt: j.instant('k.created_at'),
})} from unnest($1::bigint[]) p(key)
  cross join lateral (select * from contract where customer_id = p.key order by created_at, id limit 20) k
  order by p.key, k.created_at, k.id`;

const SIMS = `select s.id, ${j.object({
  id: j.id('Sim', 's.id'),
  iccid: j.bare('s.iccid'),
  status: j.bare('s.status'),
  activatedAt: j.instant('s.activated_at'),
})} from sim s where s.id = any($1::bigint[])`;

const TARIFFS = `select t.id, ${j.object({
  id: j.id('Tariff', 't.id'),
  name: j.text('t.name'),
  active: j.plain('t.active'),
})} from tariff t where t.id = any($1::bigint[])`;

/** The page of customers, by four statements. */
export async function pageByLevels(levels: Levels, variables: Readonly<Record<string, unknown>>): Promise<string> {
  const [, name, key] = JSON.parse(Buffer.from(String(variables.after), 'base64url').toString()) as string[];
  const customers = await levels.rows('page-customers', CUSTOMERS, [name, key]);
  const contracts = await levels.rows('page-contracts', CONTRACTS, [customers.map(([id]) => id)]);
  const [sims, tariffs] = await Promise.all([
    levels.byKey(
      'page-sims',
      SIMS,
      contracts.map(([, sim]) => sim),
    ),
    levels.byKey(
      'page-tariffs',
      TARIFFS,
      contracts.map(([, , tariff]) => tariff),
    ),
  ]);
  const byCustomer = grouped(contracts);
  const nodes = customers.map(([id, customer]) => {
    const own = (byCustomer.get(id!) ?? []).map(([, sim, tariff, contract]) =>
      withMember(withMember(contract!, 'sim', sims.get(sim!)!), 'tariff', tariffs.get(tariff!)!),
    );
    return withMember(customer!, 'contracts', pageOf(own));
  });
  return `{"customers":${pageOf(nodes)}}`;
}
