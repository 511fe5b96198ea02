/**
 * Who gets an inquiry is decided in the database, in the transaction that gives it to them: what is decided by is read
 * and held there, and it takes one call (docs/decisions/0021).
 *
 * Letters of a candidate: `i` not active, `z` weight zero, `s` lacks a skill, `h` out of hours, `p` not present,
 * `l` at the limit, `b` those who wait come first, `d` gave it back last or more often than others, `e` eligible.
 */
export const CHOICE = `
-- What of an operator stands in the way of an inquiry; day and time are the organisation's, 'MON' and '08:30'.
create function distribution.letter_of(active boolean, weight numeric, skills text[], asked_skills text[], schedule jsonb,
  at_day text, at_time text, asks_presence boolean, presence text, load integer, max_load integer)
returns text language sql immutable parallel safe return case
  when not active then 'i'
  when weight = 0 then 'z'
  when not skills @> asked_skills then 's'
  when schedule is not null and not coalesce(
    split_part(schedule ->> at_day, '-', 1) <= at_time and at_time < split_part(schedule ->> at_day, '-', 2), false) then 'h'
  when asks_presence and presence not in ('ONLINE', 'WORKING') then 'p'
  when load >= max_load then 'l'
  else 'e'
end;

-- What comes nearest to somebody free.
create function distribution.reason_of(states text) returns text language sql immutable parallel safe return case
  when states ~ 'b' then 'BEHIND_OTHERS'
  when states ~ 'l' then 'ALL_AT_LIMIT'
  when states ~ 'p' then 'NOBODY_PRESENT'
  when states ~ 'h' then 'OUT_OF_HOURS'
  when states ~ 's' then 'NO_SKILLS'
  when states ~ 'i' then 'NOBODY_ACTIVE'
  else 'NO_OPERATORS'
end;

-- Chooses an operator for an inquiry of a source, by the weights of those eligible now, and holds their row, so that they
-- are eligible until the transaction ends. Somebody whose row another transaction holds is waited for, not skipped: to
-- skip would shift the weights towards those who are idle. Whoever is at the limit after the wait is not eligible any more,
-- and the next number is drawn among the others; the number that was lost is kept, since the draws that count would favour
-- those who never fill up.
--
-- inquiry: null for one that is being registered; returning_lead: null where the source is not sticky; draws: numbers from 0
-- up to, not including, 2^53; priority: of one that comes now, null where those who wait have had their turn; at: when it is,
-- null where nobody is really to be given anything.
-- returned_to: of a returning lead, the assignment by which whom it goes to had it.
create function distribution.choose(source bigint, asked_skills text[], inquiry bigint, returning_lead bigint,
  asks_presence boolean, at_day text, at_time text, draws bigint[], priority integer default null,
  at timestamptz default null,
  out operator_id bigint, out way text, out draw bigint, out weighting_id bigint, out states text, out reason text,
  out returned_to bigint)
language plpgsql set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  ids bigint[];
  weights numeric[];
  passed_ids bigint[] := '{}';
  passed_counts bigint[] := '{}';
  unwilling bigint[];
  last_to_pass bigint;
  awaited bigint[] := '{}';
  previous bigint;
  previous_assignment bigint;
  chosen bigint;
  this_draw bigint;
  was_there boolean;
begin
  select w.id, w.operator_ids, w.weights into choose.weighting_id, ids, weights
    from source_weighting w where w.source_id = choose.source order by w.number desc limit 1;
  if ids is null or ids = '{}' then
    choose.reason := 'NO_OPERATORS';
    return;
  end if;
  if choose.inquiry is not null then
    select array_agg(p.operator_id), array_agg(p.passes), array_agg(p.operator_id) filter (where p.gave_back)
      into passed_ids, passed_counts, unwilling from (
        select a.operator_id, count(*) filter (where a."end" in ('DECLINED', 'NOT_ACCEPTED', 'HANDED_BACK')) as passes,
          (array_agg(a."end" order by a.id desc))[1] in ('DECLINED', 'NOT_ACCEPTED', 'HANDED_BACK') as gave_back
        from assignment a where a.inquiry_id = choose.inquiry group by a.operator_id) p;
    select a.operator_id into last_to_pass from assignment a
      where a.id = (select max(k.id) from assignment k where k.inquiry_id = choose.inquiry)
        and a."end" in ('DECLINED', 'NOT_ACCEPTED', 'HANDED_BACK');
  end if;
  if choose.priority is not null then
    awaited := distribution.awaited_among(ids, choose.priority, choose.at_day, choose.at_time);
  end if;
  if choose.returning_lead is not null then
    -- Whoever had this inquiry when it ended, if it was reopened; else whoever had the lead last. To be offered it is not
    -- enough; and of a lead with very many inquiries the latest are looked at.
    select a.operator_id, a.id into previous, previous_assignment from assignment a
      where a.id = (select max(k.id) from assignment k where k.inquiry_id = choose.inquiry) and a."end" in ('CLOSED', 'REJECTED')
        and (a.accept_by is null or a.accepted_at is not null);
    if previous is null then
      select a.operator_id, a.id into previous, previous_assignment from (
          select i.id from inquiry i where i.lead_id = choose.returning_lead order by i.registered_at desc, i.id desc limit 100) i
        cross join lateral (
          select k.operator_id, k.made_at, k.id from assignment k
          where k.inquiry_id = i.id and (k.accept_by is null or k.accepted_at is not null) order by k.id desc limit 1) a
        order by a.made_at desc, a.id desc limit 1;
    end if;
    if previous = any(unwilling) then
      previous := null;
    end if;
  end if;
  for turn in 1 .. cardinality(choose.draws) loop
    this_draw := choose.draws[turn];
    with c as materialized (
      select k.n, k.operator_id, k.weight, coalesce(p.passes, 0) as passes, k.operator_id = last_to_pass as passed_last,
        distribution.letter_of(o.active and u.active, k.weight, o.skills, choose.asked_skills, o.schedule, choose.at_day,
          choose.at_time, choose.asks_presence, u.presence, o.load, o.max_load) as letter
      from unnest(ids, weights) with ordinality k(operator_id, weight, n)
      join operator o on o.id = k.operator_id
      join app_user u on u.id = o.user_id
      left join unnest(passed_ids, passed_counts) p(operator_id, passes) on p.operator_id = k.operator_id
    ), s as materialized (
      select c.n, c.operator_id, c.weight, case
        when c.letter <> 'e' then c.letter
        when c.operator_id = any(awaited) then 'b'
        when others.fewest is not null and (c.passed_last or c.passes > others.fewest) then 'd'
        else 'e' end as letter
      from c, (select min(k.passes) as fewest from c k
        where k.letter = 'e' and k.passed_last is not true and k.operator_id <> all(awaited)) others
    ), e as materialized (
      select s.n, s.operator_id, sum(s.weight) over (order by s.n) as reached from s where s.letter = 'e'
    )
    select (select string_agg(s.letter, '' order by s.n) from s),
      (select e.operator_id from e
        where e.reached * 9007199254740992 > this_draw * (select max(t.reached) from e t) order by e.n limit 1),
      previous is not null and exists (select from e where e.operator_id = previous)
      into choose.states, chosen, was_there;
    if chosen is null then
      choose.reason := distribution.reason_of(choose.states);
      return;
    end if;
    if was_there then
      chosen := previous;
    end if;
    perform from operator o where o.id = chosen and o.active and o.load < o.max_load for no key update;
    if found then
      choose.operator_id := chosen;
      choose.way := case when was_there then 'STICKY' else 'CHANCE' end;
      choose.draw := case when was_there then null else this_draw end;
      choose.returned_to := case when was_there then previous_assignment end;
      return;
    end if;
    if choose.at is not null and not was_there then
      insert into lost_draw (source_id, operator_id, draw, weighting_id, states, made_at)
        values (choose.source, chosen, this_draw, choose.weighting_id, choose.states, choose.at);
    end if;
  end loop;
  choose.reason := 'ALL_AT_LIMIT';
end $$;
`;
