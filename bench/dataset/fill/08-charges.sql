-- The legs of answered calls, and why some are free (services/calls/call-legs.ts).
create unlogged table bench.leg as
select c.id as call_id, 'CALLER' as leg, c.caller_contract_id as contract_id, c.caller_customer_id as customer_id,
  c.started_at, c.duration_seconds,
  case when c.caller_operator_id is not null then 'BY_OPERATOR' when c.called_operator_id is not null then 'TO_OPERATOR'
    when c.caller_contract_id is null then 'NOT_OUR_SUBSCRIBER' end as free_reason
from call c where c.status in ('COMPLETED', 'REDIRECTED')
union all
select c.id, 'ONWARD', c.called_contract_id, c.called_customer_id, c.started_at, c.duration_seconds,
  case when c.redirected_to_operator_id is not null then 'TO_OPERATOR' end
from call c where c.status = 'REDIRECTED' and c.called_contract_id is not null;

-- Rated by the prices that held when the call began, after the month's included seconds (services/calls/rate-leg.ts).
create unlogged table bench.rated_leg as
select billed.*, date_trunc('month', started_at at time zone 'Europe/Moscow')::date as month,
  greatest(0, least(billed_seconds, included_minutes * 60 - coalesce(sum(billed_seconds) over (
    partition by contract_id, date_trunc('month', started_at at time zone 'Europe/Moscow')
    order by started_at, call_id, leg rows between unbounded preceding and 1 preceding), 0))) as included_seconds
from (
  select l.*, v.id as tariff_version_id, v.price_per_minute, v.included_minutes,
    case when l.duration_seconds = 0 then 0 else greatest(v.minimum_seconds,
      ceil(l.duration_seconds::numeric / v.billing_step_seconds)::integer * v.billing_step_seconds) end as billed_seconds
  from bench.leg l
  join contract c on c.id = l.contract_id
  join lateral (
    select * from tariff_version v where v.tariff_id = c.tariff_id and v.valid_from <= l.started_at
    order by v.valid_from desc limit 1
  ) v on true
  where l.free_reason is null
) billed;

insert into charge (id, call_id, leg, contract_id, customer_id, tariff_version_id, price_per_minute, free_reason,
  started_at, duration_seconds, billed_seconds, included_seconds, amount, currency, entry_id)
select row_number() over in_time, call_id, leg, contract_id, customer_id, tariff_version_id, price_per_minute,
  free_reason, started_at, duration_seconds, billed_seconds, included_seconds, amount, 'RUB',
  case when amount > 0 then bench.size('payments') + count(*) filter (where amount > 0) over in_time end
from (
  select call_id, leg, contract_id, customer_id, null as tariff_version_id, null::numeric as price_per_minute,
    free_reason, started_at, duration_seconds, 0 as billed_seconds, 0 as included_seconds, 0::numeric as amount
  from bench.leg where free_reason is not null
  union all
  select call_id, leg, contract_id, customer_id, tariff_version_id, price_per_minute, null, started_at,
    duration_seconds, billed_seconds, included_seconds,
    round(price_per_minute * (billed_seconds - included_seconds) / 60, 6)
  from bench.rated_leg
) charged
window in_time as (order by started_at, call_id, leg rows unbounded preceding)
order by started_at, call_id, leg;

insert into included_usage (contract_id, month, used_seconds)
select contract_id, month, sum(included_seconds) from bench.rated_leg
where included_minutes > 0 group by contract_id, month order by contract_id, month;
