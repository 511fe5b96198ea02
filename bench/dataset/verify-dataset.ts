import type { Client } from 'pg';
import type { Sizes } from './sizes.ts';

/** What triggers would have refused, as conditions that no row may meet; each counts the rows that do. */
const FAULTS: Readonly<Record<string, string>> = {
  'entries that are not balanced': `select count(*) from (select p.entry_id from posting p join account a on a.id = p.account_id
    group by p.entry_id, a.currency having sum(p.amount) <> 0) f`,
  'entries without postings': `select count(*) from ledger_entry e where not exists (select from posting p where p.entry_id = e.id)`,
  'balances that are not the sum of their postings': `select count(*) from account a
    left join (select account_id, sum(amount) as sum from posting group by account_id) p on p.account_id = a.id
    where a.kind = 'CONTRACT' and a.balance <> coalesce(p.sum, 0)`,
  'payments that their entries do not post': `select count(*) from payment p
    join account a on a.contract_id = p.contract_id
    where not exists (select from posting o where o.entry_id = p.entry_id and o.account_id = a.id and o.amount = p.amount)`,
  'charges that their entries do not post': `select count(*) from charge c
    left join account a on a.contract_id = c.contract_id
    where c.entry_id is not null and not exists (
      select from posting o where o.entry_id = c.entry_id and o.account_id = a.id and o.amount = -c.amount)`,
  'answered calls without a charge of the caller': `select count(*) from call c where c.status in ('COMPLETED', 'REDIRECTED')
    and not exists (select from charge h where h.call_id = c.id and h.leg = 'CALLER')`,
  'charges of calls that were not answered': `select count(*) from charge h join call c on c.id = h.call_id
    where c.status not in ('COMPLETED', 'REDIRECTED')`,
  'charges that differ from their calls': `select count(*) from charge h join call c on c.id = h.call_id
    where (h.started_at, h.duration_seconds) <> (c.started_at, c.duration_seconds)`,
  'parties who did not have the number': `select count(*) from call c
    cross join lateral (values (c.caller_number, c.caller_contract_id, c.caller_operator_id),
      (c.called_number, c.called_contract_id, c.called_operator_id)) p (number, contract_id, operator_id)
    where num_nonnulls(p.contract_id, p.operator_id) > 0 and not exists (
      select from number_holding h where h.msisdn = p.number and h.contract_id is not distinct from p.contract_id
        and h.operator_id is not distinct from p.operator_id
        and h.held_from <= c.started_at and (h.held_until is null or c.started_at < h.held_until))`,
  'contracts of another customer than their calls say': `select count(*) from call c
    left join contract one on one.id = c.caller_contract_id left join contract other on other.id = c.called_contract_id
    where one.customer_id is distinct from c.caller_customer_id or other.customer_id is distinct from c.called_customer_id`,
  'included seconds that were not used': `select count(*) from (
      select h.contract_id, date_trunc('month', h.started_at at time zone 'Europe/Moscow')::date as month,
        sum(h.included_seconds) as used from charge h group by 1, 2 having sum(h.included_seconds) > 0) h
    left join included_usage u on u.contract_id = h.contract_id and u.month = h.month
    where u.used_seconds is distinct from h.used`,
};

/**
 * Looks for what a filling without triggers could have let in: references to nothing, a ledger that does not balance,
 * sizes that are not those asked for.
 *
 * @throws Error that names every fault
 */
export async function verifyDataset(client: Client, sizes: Sizes): Promise<void> {
  const faults: string[] = [];
  for (const [fault, statement] of Object.entries(FAULTS)) {
    const count = await countOf(client, statement);
    if (count > 0) faults.push(`${count} ${fault}`);
  }
  faults.push(...(await orphans(client)), ...(await wrongSizes(client, sizes)));
  if (faults.length > 0) throw new Error(`The dataset has faults:\n  ${faults.join('\n  ')}`);
}

async function countOf(client: Client, statement: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(statement);
  return Number(rows[0]?.count);
}

/** Rows that refer to none, for every reference of the schema. */
async function orphans(client: Client): Promise<string[]> {
  const { rows: references } = await client.query<{ name: string; child: string; parent: string; column: string }>(`
    select r.conname as name, r.conrelid::regclass::text as child, r.confrelid::regclass::text as parent,
      quote_ident(a.attname) as column
    from pg_constraint r join pg_attribute a on a.attrelid = r.conrelid and a.attnum = r.conkey[1]
    where r.contype = 'f' and r.connamespace = 'public'::regnamespace and cardinality(r.conkey) = 1`);
  const faults: string[] = [];
  for (const { name, child, parent, column } of references) {
    const count = await countOf(
      client,
      `select count(*) from ${child} c where c.${column} is not null
        and not exists (select from ${parent} p where p.id = c.${column})`,
    );
    if (count > 0) faults.push(`${count} rows of ${child} that break ${name}`);
  }
  return faults;
}

async function wrongSizes(client: Client, sizes: Sizes): Promise<string[]> {
  const wanted: Readonly<Record<string, number>> = {
    customer: sizes.customers,
    contract: sizes.contracts,
    sim: sizes.contracts,
    operator: sizes.operators,
    payment: sizes.payments,
    call: sizes.answeredCalls + Math.floor(sizes.answeredCalls / 20),
    "charge where leg = 'CALLER'": sizes.answeredCalls,
  };
  const faults: string[] = [];
  for (const [table, size] of Object.entries(wanted)) {
    const count = await countOf(client, `select count(*) from ${table}`);
    if (count !== size) faults.push(`${count} rows of ${table} where there should be ${size}`);
  }
  return faults;
}
