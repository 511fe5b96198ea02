/**
 * Who gets an inquiry is decided in the database, in the transaction that gives it to them: what is decided by is read
 * and held there, and it takes one call (docs/decisions/0021).
 *
 * Letters of a candidate: `i` not active, `z` weight zero, `s` lacks a skill, `h` out of hours, `p` not present,
 * `l` at the limit, `d` let it pass more often than others, `e` eligible.
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
-- and the next number is drawn among the others.
--
-- inquiry: null for one that is being registered; passes: how often it moved on; returning_lead: null where the source is
-- not sticky; draws: numbers from 0 up to, not including, 2^53.
create function distribution.choose(source bigint, asked_skills text[], inquiry bigint, passes integer, returning_lead bigint,
  asks_presence boolean, at_day text, at_time text, draws bigint[],
  out operator_id bigint, out way text, out draw bigint, out weighting_id bigint, out states text, out reason text)
language plpgsql set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  ids bigint[];
  weights numeric[];
  passed_ids bigint[] := '{}';
  passed_counts bigint[] := '{}';
  previous bigint;
  chosen bigint;
  was_there boolean;
begin
  select w.id, w.operator_ids, w.weights into choose.weighting_id, ids, weights
    from source_weighting w where w.source_id = choose.source order by w.number desc limit 1;
  if ids is null or ids = '{}' then
    choose.reason := 'NO_OPERATORS';
    return;
  end if;
  if choose.passes > 0 then
    select array_agg(p.operator_id), array_agg(p.passes) into passed_ids, passed_counts from (
      select a.operator_id, count(*) as passes from assignment a
      where a.inquiry_id = choose.inquiry and a."end" in ('DECLINED', 'NOT_ACCEPTED') group by a.operator_id) p;
  end if;
  if choose.returning_lead is not null then
    select i.operator_id into previous from inquiry i
      where i.lead_id = choose.returning_lead and i.operator_id is not null
      order by i.registered_at desc, i.id desc limit 1;
  end if;
  for n in 1 .. cardinality(choose.draws) loop
    with c as materialized (
      select k.n, k.operator_id, k.weight, coalesce(p.passes, 0) as passes,
        distribution.letter_of(o.active and u.active, k.weight, o.skills, choose.asked_skills, o.schedule, choose.at_day,
          choose.at_time, choose.asks_presence, u.presence, o.load, o.max_load) as letter
      from unnest(ids, weights) with ordinality k(operator_id, weight, n)
      join operator o on o.id = k.operator_id
      join app_user u on u.id = o.user_id
      left join unnest(passed_ids, passed_counts) p(operator_id, passes) on p.operator_id = k.operator_id
    ), s as materialized (
      select c.n, c.operator_id, c.weight, case
        when c.letter = 'e' and c.passes > (select min(e.passes) from c e where e.letter = 'e') then 'd'
        else c.letter end as letter
      from c
    ), e as materialized (
      select s.n, s.operator_id, sum(s.weight) over (order by s.n) as reached from s where s.letter = 'e'
    )
    select (select string_agg(s.letter, '' order by s.n) from s),
      (select e.operator_id from e
        where e.reached * 9007199254740992 > choose.draws[n] * (select max(t.reached) from e t) order by e.n limit 1),
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
      choose.draw := case when was_there then null else choose.draws[n] end;
      return;
    end if;
  end loop;
  choose.reason := 'ALL_AT_LIMIT';
end $$;

-- Whether somebody waits whom this operator could take before an inquiry of this priority that comes now.
create function distribution.is_awaited(operator bigint, priority integer) returns boolean
language plpgsql set enable_seqscan = off as $$
begin
  return exists (
    select from operator o join source_weight w on w.operator_id = o.id and w.weight > 0
    join inquiry q on q.source_id = w.source_id and q.status = 'ACTIVE' and q.operator_id is null
      and q.priority >= is_awaited.priority and q.skills <@ o.skills
    where o.id = is_awaited.operator);
end $$;

-- Holds what leads are known by until the transaction ends, so that no two transactions make or fill a lead by the same.
-- The namespace is that of the external id: null for the shared one, or a source.
create function distribution.hold_identifiers(namespace bigint, external_id text, phone text, email text) returns void
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(h.key) from (
    select hashtextextended(v.name, 0) as key from (values
      ('lead:external-id:' || coalesce(namespace::text, '') || ':' || external_id),
      ('lead:phone:' || phone), ('lead:email:' || email)) v(name)
    where v.name is not null order by 1) h;
end $$;

-- Registers an inquiry: finds its lead or makes it, fills in what the lead lacks, and gives the inquiry to an operator or
-- lets it wait. All texts are normalised; without a source that takes it in, nothing is returned.
create function distribution.register_inquiry(source_id bigint, source_name text, external_id text, phone text, email text,
  name text, message text, priority integer, skills text[], at timestamptz, at_day text, at_time text, draws bigint[])
returns table (inquiry_id bigint, source_key bigint, lead_id bigint, lead_version integer, lead_made boolean, lead_filled jsonb,
  duplicates jsonb, operator_id bigint, group_id bigint, way text, load integer, max_load integer, accept_by timestamptz,
  waiting_reason text, answer_due_at timestamptz, inquiry_priority integer, inquiry_skills text[])
language plpgsql set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  s source;
  l lead;
  c record;
  of_external_id bigint;
  of_phone bigint;
  of_email bigint;
  wants_external_id boolean;
begin
  select * into s from source o
    where o.removed_at is null and (o.id = register_inquiry.source_id or o.name_key = lower(register_inquiry.source_name))
    for key share;
  if not found then
    return;
  end if;
  source_key := s.id;
  inquiry_priority := coalesce(register_inquiry.priority, s.priority);
  inquiry_skills := array(select distinct k from unnest(s.skills || register_inquiry.skills) k order by k);

  perform distribution.hold_identifiers(case when s.own_external_ids then s.id end, register_inquiry.external_id,
    register_inquiry.phone, register_inquiry.email);
  if register_inquiry.external_id is not null then
    if s.own_external_ids then
      select k.lead_id into of_external_id from lead_source_id k
        where k.source_id = s.id and k.external_id = register_inquiry.external_id;
    else
      select k.id into of_external_id from lead k where k.external_id = register_inquiry.external_id;
    end if;
  end if;
  select k.id into of_phone from lead k where k.phone = register_inquiry.phone;
  select k.id into of_email from lead k where k.email = register_inquiry.email;
  lead_id := coalesce(of_external_id, of_phone, of_email);
  lead_made := lead_id is null;
  if lead_made then
    insert into lead (name, external_id, phone, email, created_at)
      values (register_inquiry.name, case when not s.own_external_ids then register_inquiry.external_id end,
        register_inquiry.phone, register_inquiry.email, register_inquiry.at)
      returning id, version into lead_id, lead_version;
    wants_external_id := s.own_external_ids and register_inquiry.external_id is not null;
  else
    select * into l from lead k where k.id = lead_id;
    if (l.name is null and register_inquiry.name is not null)
      or (register_inquiry.external_id is not null and of_external_id is null)
      or (l.phone is null and register_inquiry.phone is not null and of_phone is null)
      or (l.email is null and register_inquiry.email is not null and of_email is null)
    then
      select * into l from lead k where k.id = lead_id for no key update;
      wants_external_id := register_inquiry.external_id is not null and of_external_id is null and case
        when s.own_external_ids
          then not exists (select from lead_source_id k where k.lead_id = register_inquiry.lead_id and k.source_id = s.id)
        else l.external_id is null end;
      lead_filled := jsonb_strip_nulls(jsonb_build_object(
        'name', case when l.name is null then register_inquiry.name end,
        'externalId', case when wants_external_id then register_inquiry.external_id end,
        'phone', case when l.phone is null and of_phone is null then register_inquiry.phone end,
        'email', case when l.email is null and of_email is null then register_inquiry.email end));
      if lead_filled = '{}' then
        lead_filled := null;
      else
        update lead k set version = k.version + 1, name = coalesce(k.name, lead_filled ->> 'name'),
          external_id = case when s.own_external_ids then k.external_id else coalesce(k.external_id, lead_filled ->> 'externalId') end,
          phone = coalesce(k.phone, lead_filled ->> 'phone'), email = coalesce(k.email, lead_filled ->> 'email')
          where k.id = lead_id;
      end if;
      wants_external_id := wants_external_id and s.own_external_ids;
    end if;
    select k.version into lead_version from lead k where k.id = lead_id;
  end if;
  if wants_external_id then
    insert into lead_source_id (lead_id, source_id, external_id) values (lead_id, s.id, register_inquiry.external_id);
  end if;

  select * into c from distribution.choose(s.id, inquiry_skills, null, 0, case when s.sticky and not lead_made then lead_id end,
    s.asks_presence, register_inquiry.at_day, register_inquiry.at_time, register_inquiry.draws);
  operator_id := c.operator_id;
  waiting_reason := c.reason;
  if operator_id is not null and distribution.is_awaited(operator_id, inquiry_priority) then
    operator_id := null;
    waiting_reason := 'BEHIND_OTHERS';
  end if;
  if operator_id is not null then
    way := c.way;
    accept_by := register_inquiry.at + s.accept_within_seconds * interval '1 second';
  end if;
  answer_due_at := register_inquiry.at + s.answer_within_seconds * interval '1 second';
  insert into inquiry (source_id, lead_id, operator_id, priority, skills, external_id, phone, email, name, message,
      waiting_reason, waiting_since, assigned_at, accept_by, answer_due_at, warn_at, breach_at, registered_at, version)
    values (s.id, lead_id, operator_id, inquiry_priority, inquiry_skills, register_inquiry.external_id, register_inquiry.phone,
      register_inquiry.email, register_inquiry.name, register_inquiry.message, waiting_reason,
      case when operator_id is null then register_inquiry.at end, case when operator_id is not null then register_inquiry.at end,
      accept_by, answer_due_at, answer_due_at - s.warn_before_seconds * interval '1 second', answer_due_at,
      register_inquiry.at, case when operator_id is null then 1 else 2 end)
    returning id into inquiry_id;
  if operator_id is not null then
    insert into assignment (inquiry_id, source_id, operator_id, way, draw, weighting_id, states, made_at, accept_by)
      values (inquiry_id, s.id, operator_id, c.way, c.draw, c.weighting_id, c.states, register_inquiry.at, accept_by)
      returning load, max_load into load, max_load;
    select u.group_id into group_id from operator o join app_user u on u.id = o.user_id where o.id = register_inquiry.operator_id;
  end if;
  if not lead_made and (of_phone <> lead_id or of_email <> lead_id) then
    with found as (
      insert into lead_duplicate (first_id, second_id, inquiry_id, identifier, created_at)
        select distinct on (d.other) least(d.other, register_inquiry.lead_id), greatest(d.other, register_inquiry.lead_id),
          register_inquiry.inquiry_id, d.identifier, register_inquiry.at
        from (values (of_phone, 'PHONE', 1), (of_email, 'EMAIL', 2)) d(other, identifier, rank)
        where d.other <> register_inquiry.lead_id order by d.other, d.rank
        on conflict do nothing returning id, first_id, second_id, identifier)
      select jsonb_agg(to_jsonb(found)) into duplicates from found;
  end if;
  return next;
end $$;

-- The end of an assignment that is open, after which the inquiry waits again; the caller holds the inquiry's row.
create function distribution.release(inquiry bigint, why text, reason text, at timestamptz) returns void
language plpgsql set enable_seqscan = off as $$
begin
  update assignment a set ended_at = release.at, "end" = release.why
    where a.inquiry_id = release.inquiry and a.ended_at is null;
  update inquiry i set operator_id = null, waiting_reason = release.reason, waiting_since = release.at, assigned_at = null,
      accept_by = null, version = i.version + 1,
      passes = i.passes + case when release.why in ('DECLINED', 'NOT_ACCEPTED') then 1 else 0 end
    where i.id = release.inquiry;
end $$;

-- Whether a source has an operator who could take an inquiry that asks for no skill.
create function distribution.has_room(source bigint, asks_presence boolean, at_day text, at_time text) returns boolean
language plpgsql stable set enable_seqscan = off as $$
begin
  return exists (
    select from source_weight w join operator o on o.id = w.operator_id join app_user u on u.id = o.user_id
    where w.source_id = has_room.source and o.load < o.max_load and distribution.letter_of(o.active and u.active, w.weight, o.skills, '{}',
      o.schedule, has_room.at_day, has_room.at_time, has_room.asks_presence, u.presence, o.load, o.max_load) = 'e');
end $$;

-- The sources that have inquiries waiting, whether somebody could take one now.
create function distribution.waiting_sources(at_day text, at_time text) returns table (source_id bigint, room boolean)
language plpgsql stable set enable_seqscan = off as $$
begin
  return query
    with recursive w as (
      (select i.source_id from inquiry i where i.status = 'ACTIVE' and i.operator_id is null order by i.source_id limit 1)
      union all
      select (select i.source_id from inquiry i
        where i.status = 'ACTIVE' and i.operator_id is null and i.source_id > w.source_id order by i.source_id limit 1)
      from w where w.source_id is not null
    )
    select s.id, distribution.has_room(s.id, s.asks_presence, waiting_sources.at_day, waiting_sources.at_time)
      from w join source s on s.id = w.source_id;
end $$;

-- Gives waiting inquiries to operators, by priority and age, at most one for each eight numbers drawn; one transaction at a
-- time. An inquiry for which nobody is there lets those behind it go first that somebody else can take.
create function distribution.hand_out(at timestamptz, at_day text, at_time text, draws bigint[])
returns table (inquiry_id bigint, version integer, source_id bigint, lead_id bigint, operator_id bigint, group_id bigint, way text,
  load integer, max_load integer, accept_by timestamptz)
language plpgsql set enable_seqscan = off as $$
#variable_conflict use_column
declare
  open_sources bigint[];
  hopeless text[] := '{}';
  kind text;
  q record;
  i record;
  c record;
  next_draw integer := 1;
begin
  perform pg_advisory_xact_lock(hashtextextended('distribution', 0));
  open_sources := array(select w.source_id from distribution.waiting_sources(hand_out.at_day, hand_out.at_time) w where w.room);
  if open_sources = '{}' then
    return;
  end if;
  for q in
    select k.id, k.source_id, k.skills from inquiry k
    where k.status = 'ACTIVE' and k.operator_id is null and k.source_id = any(open_sources)
    order by k.priority desc, k.registered_at, k.id
  loop
    exit when next_draw > cardinality(hand_out.draws);
    kind := q.source_id || ':' || q.skills::text;
    continue when kind = any(hopeless) or q.source_id <> all(open_sources);
    select k.id, k.source_id, k.lead_id, k.skills, k.passes, k.waiting_reason, s.sticky, s.asks_presence, s.accept_within_seconds
      into i from inquiry k join source s on s.id = k.source_id
      where k.id = q.id and k.status = 'ACTIVE' and k.operator_id is null for update of k;
    continue when not found;
    select * into c from distribution.choose(i.source_id, i.skills, i.id, i.passes, case when i.sticky then i.lead_id end,
      i.asks_presence, hand_out.at_day, hand_out.at_time, hand_out.draws[next_draw : next_draw + 7]);
    if c.operator_id is null then
      if i.waiting_reason <> c.reason then
        update inquiry k set waiting_reason = c.reason where k.id = i.id;
      end if;
      hopeless := hopeless || kind;
      if not (select distribution.has_room(i.source_id, i.asks_presence, hand_out.at_day, hand_out.at_time)) then
        open_sources := array_remove(open_sources, i.source_id);
        exit when open_sources = '{}';
      end if;
      continue;
    end if;
    next_draw := next_draw + 8;
    inquiry_id := i.id;
    source_id := i.source_id;
    lead_id := i.lead_id;
    operator_id := c.operator_id;
    way := c.way;
    accept_by := hand_out.at + i.accept_within_seconds * interval '1 second';
    insert into assignment (inquiry_id, source_id, operator_id, way, draw, weighting_id, states, made_at, accept_by)
      values (i.id, i.source_id, c.operator_id, c.way, c.draw, c.weighting_id, c.states, hand_out.at, hand_out.accept_by)
      returning load, max_load into load, max_load;
    update inquiry k set operator_id = c.operator_id, waiting_reason = null, waiting_since = null, assigned_at = hand_out.at,
        accept_by = hand_out.accept_by, version = k.version + 1
      where k.id = i.id returning k.version into version;
    select u.group_id into group_id from operator o join app_user u on u.id = o.user_id where o.id = c.operator_id;
    return next;
  end loop;
end $$;
`;
