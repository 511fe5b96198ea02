-- How many calls begin in each hour of the day, of a hundred.
create function bench.hours() returns integer[] language sql immutable as $$
  select array_agg(hour) from unnest('{1,0,0,0,0,1,1,2,4,6,8,8,7,6,7,7,7,6,6,6,6,5,4,2}'::integer[])
    with ordinality h (share, place), lateral (select place::integer - 1) p (hour), generate_series(1, share)
$$;

create unlogged table bench.drawn_call as
select n, kind, bench.days() as days, bench.draw(n, 602) as status_draw,
  -- Calls are told to the second. At weekends there are fewer.
  bench.first_day() + case when extract(isodow from bench.first_day() + day * interval '1 day') >= 6
      and bench.draw(n, 604) < 0.4 then (day + 2) % bench.days() else day end * interval '1 day'
    + bench.pick(n, 605, bench.hours()) * interval '1 hour'
    + floor(bench.draw(n, 606) * 3600) * interval '1 second' as started_at,
  -- One of 21 is not answered.
  n % 21 <> 0 as answered, (4 + floor(bench.draw(n, 607) * 26)) * interval '1 second' as ringing,
  least(7200, 2 + floor(-110 * ln(1 - bench.draw(n, 608))))::integer as seconds,
  bench.rank(n, 609, bench.size('subscribers'), 2.2) as one, bench.rank(n, 610, bench.size('subscribers'), 1.3) as other,
  bench.rank(n, 611, bench.size('subscribers'), 1.3) as third,
  bench.rank(n, 612, bench.size('operators'), 1.4) as operator,
  bench.rank(n, 613, bench.size('operators') - 1) as next_operator,
  '+7812' || lpad(bench.rank(n, 614, 9999999)::text, 7, '0') as stranger
from (
  select n, floor(bench.draw(n, 603) * bench.days())::integer as day,
    case when k < 0.33 then 'SUBSCRIBERS' when k < 0.54 then 'OUTWARD' when k < 0.60 then 'INWARD'
      when k < 0.82 then 'HELP' when k < 0.85 then 'STRANGER_HELP' when k < 0.985 then 'OFFER' else 'INTERNAL' end as kind
  from (select n, bench.draw(n, 601) as k
    from generate_series(1, bench.size('answered_calls') + bench.size('answered_calls') / 20) n) k
) d;

create unlogged table bench.settled_call as
select d.n, d.kind, d.started_at, d.answered, d.ringing, d.seconds, d.stranger, d.third, d.next_operator,
  case when kind in ('SUBSCRIBERS', 'OUTWARD', 'HELP') then one end as caller,
  case when kind = 'SUBSCRIBERS' then case when other = one then 1 + one % bench.size('subscribers') else other end
    when kind in ('INWARD', 'OFFER') then other end as called,
  case when kind in ('OFFER', 'INTERNAL') then operator end as caller_operator,
  case when kind in ('HELP', 'STRANGER_HELP') then operator
    when kind = 'INTERNAL' then 1 + (operator + next_operator - 1) % bench.size('operators') end as called_operator,
  case when not answered then case when status_draw < 0.8 then 'MISSED' else 'REJECTED' end
    when kind in ('HELP', 'SUBSCRIBERS') and status_draw < 0.04 then 'REDIRECTED' else 'COMPLETED' end as status
from bench.drawn_call d;

insert into call (id, exchange, external_id, direction, status, caller_number, caller_contract_id, caller_customer_id,
  caller_operator_id, called_number, called_contract_id, called_customer_id, called_operator_id, redirected_to_number,
  redirected_to_customer_id, redirected_to_operator_id, started_at, answered_at, ended_at, duration_seconds, recorded_at)
select row_number() over (order by s.started_at, s.n), 'pbx-' || 1 + s.n % 3, 'bench-' || s.n,
  case when s.caller_operator is not null and s.called_operator is not null then 'INTERNAL'
    when s.caller_operator is not null then 'OUTBOUND' when s.called_operator is not null then 'INBOUND'
    else 'NETWORK' end, s.status,
  coalesce(caller.msisdn, by.phone, s.stranger), caller.contract_id, caller.customer_id, s.caller_operator,
  coalesce(called.msisdn, at.phone, s.stranger), called.contract_id, called.customer_id, s.called_operator,
  coalesce(onward.msisdn, next.phone), onward.customer_id, next.id,
  s.started_at, case when s.answered then s.started_at + s.ringing end,
  s.started_at + s.ringing + case when s.answered then s.seconds else 0 end * interval '1 second',
  case when s.answered then s.seconds else 0 end,
  s.started_at + s.ringing + (s.seconds + 3) * interval '1 second' + bench.rank(s.n, 615, 900) * interval '1 millisecond'
from bench.settled_call s
left join bench.subscriber caller on caller.place = s.caller
left join bench.subscriber called on called.place = s.called
left join operator by on by.id = s.caller_operator
left join operator at on at.id = s.called_operator
left join operator next on s.status = 'REDIRECTED' and s.kind = 'HELP'
  and next.id = 1 + (s.called_operator + s.next_operator - 1) % bench.size('operators')
left join bench.subscriber onward on s.status = 'REDIRECTED' and s.kind = 'SUBSCRIBERS' and onward.place = s.third
order by s.started_at, s.n;
