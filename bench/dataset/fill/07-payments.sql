-- Half of the contracts began with a deposit; the other payments are recharges, many by few.
insert into payment (id, contract_id, customer_id, amount, currency, method, status, entry_id, taken_by_id, received_at,
  created_at)
select p.n, c.id, c.customer_id,
  bench.pick(p.n, 703, '{100,100,150,200,200,300,300,300,500,500,500,700,1000,1000,1500,2000,5000,249.50,99.90}'::numeric[]),
  'RUB', 'CASH', 'CONFIRMED', p.n, case when bench.draw(p.n, 704) < 0.3 then 1 + bench.rank(p.n, 705, bench.size('operators')) end,
  p.received_at, p.received_at + bench.rank(p.n, 706, 4000) * interval '1 millisecond'
from (
  select row_number() over (order by received_at, contract_id, drawn) as n, contract_id, received_at
  from (
    select 0 as drawn, id as contract_id, created_at as received_at from contract
    where id % 2 = 0 and id <= bench.size('payments') * 3 / 5
    union all
    select n, s.contract_id, bench.first_day() + date_trunc('seconds', bench.draw(n, 702) * bench.days() * interval '1 day')
    from generate_series(1, bench.size('payments') - least(bench.size('contracts'), bench.size('payments') * 3 / 5) / 2) n
    join bench.subscriber s on s.place = bench.rank(n, 701, bench.size('subscribers'), 1.5)
  ) drawn
) p
join contract c on c.id = p.contract_id
order by p.n;

update customer c set last_payment_at = p.latest
from (select customer_id, max(received_at) as latest from payment group by customer_id) p where p.customer_id = c.id;
cluster customer using customer_pkey;
