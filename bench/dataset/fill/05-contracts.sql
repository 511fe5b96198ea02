-- Everybody has a contract; of those beyond, some customers have many.
create unlogged table bench.agreement as
select a.n, a.customer_id, a.tariff_id, a.s,
  c.created_at + date_trunc('milliseconds',
    case when a.n <= bench.size('customers') then bench.draw(a.n, 503) * interval '40 minutes'
      else bench.draw(a.n, 503) * (timestamptz '2026-08-28 12:00:00+03' - c.created_at) end) as since
from (
  select n, bench.rank(n, 502, 10, 1.6) as tariff_id, bench.draw(n, 504) as s,
    case when n <= bench.size('customers') then n
      else 1 + (bench.rank(n, 501, bench.size('customers'), 1.8) * 7919) % bench.size('customers') end as customer_id
  from generate_series(1, bench.size('contracts')) n
) a
join customer c on c.id = a.customer_id;

insert into sim (id, iccid, imsi, status, activated_at, created_at)
select n, '8970101' || lpad((n * 37 % 1000000007)::text, 12, '0'), '25099' || lpad(n::text, 10, '0'),
  case when s < 0.01 then 'RESERVED' when s < 0.04 then 'RETIRED' when s < 0.07 then 'SUSPENDED' else 'ACTIVE' end,
  case when s >= 0.01 then since end, since - interval '20 days'
from bench.agreement order by n;

-- Of a hundred contracts one waits to be activated, three have ended before the first call, three are interrupted.
insert into contract (id, number, customer_id, msisdn, sim_id, tariff_id, status, activated_at, closed_at, created_at)
select n, 'C-' || lpad(n::text, 8, '0'), customer_id, '+790' || lpad((n * 677 % 100000007)::text, 8, '0'), n, tariff_id,
  case when s < 0.01 then 'ACCEPTED' when s < 0.04 then 'CLOSED' when s < 0.07 then 'SUSPENDED' else 'ACTIVE' end,
  case when s >= 0.01 then since end, case when s >= 0.01 and s < 0.04 then timestamptz '2026-08-30 18:00:00+03' end, since
from bench.agreement order by n;

insert into sim_binding (id, sim_id, contract_id, bound_from, bound_until)
select id, sim_id, id, created_at, closed_at from contract order by id;

insert into number_holding (msisdn, contract_id, held_from, held_until)
select msisdn, id, created_at, closed_at from contract order by id;

insert into contract_tariff (id, contract_id, tariff_id, valid_from, valid_until)
select id, id, tariff_id, created_at, closed_at from contract order by id;

-- Who calls and is called, in an order that has nothing to do with their keys: the first ones call most.
create unlogged table bench.subscriber as
select row_number() over (order by hashint8extended(id, 505)) as place, id as contract_id, customer_id, msisdn
from contract where status in ('ACTIVE', 'SUSPENDED');
create unique index on bench.subscriber (place);
