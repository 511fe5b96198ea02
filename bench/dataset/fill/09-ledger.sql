-- Keys of accounts: 1 and 2 are the company's, then one for each contract.
create unlogged table bench.movement as
select p.entry_id, 'PAYMENT' as kind, p.received_at as occurred_at, p.created_at as posted_at,
  p.contract_id + 2 as account_id, p.amount, 1 as company_account_id
from payment p
union all
select c.entry_id, 'CALL_CHARGE', c.started_at, c.started_at + (c.duration_seconds + 40) * interval '1 second',
  c.contract_id + 2, -c.amount, 2
from charge c where c.entry_id is not null;

insert into ledger_entry (id, kind, occurred_at, posted_at)
select entry_id, kind, occurred_at, posted_at from bench.movement order by entry_id;

insert into posting (id, entry_id, account_id, amount)
select entry_id * 2 - 1, entry_id, account_id, amount from bench.movement order by entry_id;
insert into posting (id, entry_id, account_id, amount)
select entry_id * 2, entry_id, company_account_id, -amount from bench.movement order by entry_id;

insert into account (id, kind, currency, created_at)
values (1, 'CASH', 'RUB', timestamptz '2022-12-01 09:00:00+03'), (2, 'CALL_REVENUE', 'RUB', timestamptz '2022-12-01 09:00:00+03');
insert into account (id, kind, contract_id, customer_id, currency, balance, created_at)
select c.id + 2, 'CONTRACT', c.id, c.customer_id, 'RUB', coalesce(s.balance, 0), c.created_at
from contract c
left join (select account_id, sum(amount) as balance from posting where account_id > 2 group by account_id) s
  on s.account_id = c.id + 2
order by c.id;
