/**
 * Who gets an inquiry is decided in the database, in the transaction that gives it to them: what is decided by is read
 * and held there, and it takes one call (docs/decisions/0021).
 *
 * Letters of a candidate: `i` not active, `z` weight zero, `s` lacks a skill, `h` out of hours, `p` not present,
 * `l` at the limit, `d` gave it back more often than others, `e` eligible.
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
-- inquiry: null for one that is being registered; returning_lead: null where the source is not sticky; draws: numbers from 0
-- up to, not including, 2^53.
create function distribution.choose(source bigint, asked_skills text[], inquiry bigint, returning_lead bigint,
  asks_presence boolean, at_day text, at_time text, draws bigint[],
  out operator_id bigint, out way text, out draw bigint, out weighting_id bigint, out states text, out reason text)
language plpgsql set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  ids bigint[];
  weights numeric[];
  passed_ids bigint[] := '{}';
  passed_counts bigint[] := '{}';
  unwilling bigint[];
  previous bigint;
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
  end if;
  if choose.returning_lead is not null then
    -- Whoever had this inquiry when it ended, if it was reopened; else whoever had the lead last. To be offered it is not
    -- enough; and of a lead with very many inquiries the latest are looked at.
    select a.operator_id into previous from assignment a
      where a.id = (select max(k.id) from assignment k where k.inquiry_id = choose.inquiry) and a."end" in ('CLOSED', 'REJECTED')
        and (a.accept_by is null or a.accepted_at is not null);
    if previous is null then
      select a.operator_id into previous from (
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
      return;
    end if;
  end loop;
  choose.reason := 'ALL_AT_LIMIT';
end $$;

-- The kinds of inquiries that wait in a source: those that ask for the same skills wait for the same people.
create function distribution.waiting_kinds_of(source bigint) returns table (kind bigint, skills text[])
language plpgsql stable rows 2 set enable_seqscan = off as $$
#variable_conflict use_column
begin
  return query
    with recursive k as (
      (select distribution.kind_of(i.skills) as kind, i.skills from inquiry i
        where i.status = 'ACTIVE' and i.operator_id is null and i.source_id = waiting_kinds_of.source
        order by distribution.kind_of(i.skills) limit 1)
      union all
      select n.kind, n.skills from k cross join lateral (
        select distribution.kind_of(i.skills) as kind, i.skills from inquiry i
        where i.status = 'ACTIVE' and i.operator_id is null and i.source_id = waiting_kinds_of.source
          and distribution.kind_of(i.skills) > k.kind
        order by distribution.kind_of(i.skills) limit 1) n
    )
    select k.kind, k.skills from k;
end $$;

-- Whether somebody waits whom this operator could take before an inquiry of this priority that comes now.
create function distribution.is_awaited(operator bigint, priority integer, at_day text, at_time text) returns boolean
language plpgsql set enable_seqscan = off as $$
begin
  -- Nobody waits in most cases. A limit within keeps this a look at each source, whatever the planner takes the tables for.
  if not exists (
    select from source_weight w cross join lateral (
      select from inquiry q where q.status = 'ACTIVE' and q.operator_id is null and q.source_id = w.source_id limit 1) q
    where w.operator_id = is_awaited.operator and w.weight > 0)
  then
    return false;
  end if;
  return exists (
    select from operator o join app_user u on u.id = o.user_id
    join source_weight w on w.operator_id = o.id and w.weight > 0 join source s on s.id = w.source_id
    cross join lateral distribution.waiting_kinds_of(s.id) k
    cross join lateral (
      select from inquiry q where q.status = 'ACTIVE' and q.operator_id is null and q.source_id = s.id
        and distribution.kind_of(q.skills) = k.kind and q.priority >= is_awaited.priority limit 1) q
    where o.id = is_awaited.operator
      and distribution.letter_of(o.active and u.active, w.weight, o.skills, k.skills, o.schedule, is_awaited.at_day,
        is_awaited.at_time, s.asks_presence, u.presence, 0, 1) = 'e');
end $$;

-- The names by which what leads are known by is held; the namespace is that of an external id: null for the shared one, or
-- a source.
create function distribution.names_of(namespace bigint, external_id text, phone text, email text) returns text[]
language sql immutable parallel safe return array_remove(array[
  'lead:external-id:' || coalesce(namespace::text, '') || ':' || external_id, 'lead:phone:' || phone, 'lead:email:' || email], null);

-- Holds such names until the transaction ends, in an order that is the same for all.
create function distribution.hold_names(names text[]) returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(h.key) from (select hashtextextended(n, 0) as key from unnest(hold_names.names) n order by 1) h;
end $$;

-- All that leads are known by, as names.
create function distribution.names_of_leads(leads bigint[]) returns text[]
language sql stable set enable_seqscan = off return array(
  select n from lead l, unnest(distribution.names_of(null, l.external_id, l.phone, l.email)) n where l.id = any(leads)
  union all
  select n from lead_source_id k, unnest(distribution.names_of(k.source_id, k.external_id, null, null)) n
    where k.lead_id = any(leads)
  union all
  select n from lead_alias a, unnest(distribution.names_of(null, case a.identifier when 'EXTERNAL_ID' then a.value end,
      case a.identifier when 'PHONE' then a.value end, case a.identifier when 'EMAIL' then a.value end)) n
    where a.lead_id = any(leads));

-- Holds leads until the transaction ends, with all that they are known by, with what they are to be known by, and with the
-- leads that were merged into them. Who registers an inquiry holds names before a lead, so nobody may do it the other way
-- round: where a lead came to be known by more before it was held, the transaction is to be run again.
create function distribution.hold_leads(leads bigint[], external_id text, phone text, email text) returns void
language plpgsql set enable_seqscan = off as $$
declare
  names text[] := distribution.names_of_leads(hold_leads.leads)
    || distribution.names_of(null, hold_leads.external_id, hold_leads.phone, hold_leads.email);
begin
  perform distribution.hold_names(names);
  perform from lead l where l.id = any(hold_leads.leads) or l.merged_into_id = any(hold_leads.leads)
    order by l.id for no key update;
  if not distribution.names_of_leads(hold_leads.leads) <@ names then
    raise exception 'a lead was changed before it was held' using errcode = 'serialization_failure';
  end if;
end $$;

-- Each kind that waits is looked at whenever an inquiry comes in: an inquiry that would wait as one kind too many, for skills
-- that its sender asks for, is refused.
create function distribution.check_kinds(source bigint, skills text[]) returns void
language plpgsql set enable_seqscan = off as $$
begin
  if not exists (
      select from inquiry i where i.status = 'ACTIVE' and i.operator_id is null and i.source_id = check_kinds.source
        and distribution.kind_of(i.skills) = distribution.kind_of(check_kinds.skills))
    and (select count(*) from distribution.waiting_kinds_of(check_kinds.source)) >= 100
  then
    raise exception 'too many kinds of inquiries wait' using errcode = 'check_violation', constraint = 'inquiry_kinds';
  end if;
end $$;

-- What registering an inquiry gives.
create type distribution.registered as (inquiry_id bigint, source_key bigint, lead_id bigint, lead_version integer, lead_made boolean, lead_filled jsonb,
  duplicates jsonb, operator_id bigint, group_id bigint, way text, load integer, max_load integer, accept_by timestamptz,
  waiting_reason text, answer_due_at timestamptz, inquiry_priority integer, inquiry_skills text[]);

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
  at_risk_at timestamptz;
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

  perform distribution.hold_names(distribution.names_of(case when s.own_external_ids then s.id end,
    register_inquiry.external_id, register_inquiry.phone, register_inquiry.email));
  if register_inquiry.external_id is not null then
    if s.own_external_ids then
      select k.lead_id into of_external_id from lead_source_id k
        where k.source_id = s.id and k.external_id = register_inquiry.external_id;
    else
      of_external_id := coalesce((select k.id from lead k where k.external_id = register_inquiry.external_id),
        (select a.lead_id from lead_alias a where a.identifier = 'EXTERNAL_ID' and a.value = register_inquiry.external_id));
    end if;
  end if;
  if register_inquiry.phone is not null then
    of_phone := coalesce((select k.id from lead k where k.phone = register_inquiry.phone),
      (select a.lead_id from lead_alias a where a.identifier = 'PHONE' and a.value = register_inquiry.phone));
  end if;
  if register_inquiry.email is not null then
    of_email := coalesce((select k.id from lead k where k.email = register_inquiry.email),
      (select a.lead_id from lead_alias a where a.identifier = 'EMAIL' and a.value = register_inquiry.email));
  end if;
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

  select * into c from distribution.choose(s.id, inquiry_skills, null, case when s.sticky and not lead_made then lead_id end,
    s.asks_presence, register_inquiry.at_day, register_inquiry.at_time, register_inquiry.draws);
  operator_id := c.operator_id;
  waiting_reason := c.reason;
  if operator_id is not null and distribution.is_awaited(operator_id, inquiry_priority, register_inquiry.at_day,
    register_inquiry.at_time)
  then
    operator_id := null;
    waiting_reason := 'BEHIND_OTHERS';
  end if;
  if operator_id is null and not register_inquiry.skills <@ s.skills then
    perform distribution.check_kinds(s.id, inquiry_skills);
  end if;
  if operator_id is not null then
    way := c.way;
    accept_by := register_inquiry.at + s.accept_within_seconds * interval '1 second';
  end if;
  answer_due_at := register_inquiry.at + s.answer_within_seconds * interval '1 second';
  at_risk_at := answer_due_at - s.warn_before_seconds * interval '1 second';
  insert into inquiry (source_id, lead_id, operator_id, priority, skills, external_id, phone, email, name, message,
      waiting_reason, waiting_since, assigned_at, accept_by, answer_due_at, answer_at_risk_at, warn_at, breach_at, registered_at,
      queued_at, version)
    values (s.id, lead_id, operator_id, inquiry_priority, inquiry_skills, register_inquiry.external_id, register_inquiry.phone,
      register_inquiry.email, register_inquiry.name, register_inquiry.message, waiting_reason,
      case when operator_id is null then register_inquiry.at end, case when operator_id is not null then register_inquiry.at end,
      accept_by, answer_due_at, at_risk_at, at_risk_at, answer_due_at, register_inquiry.at,
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

-- Records that an inquiry was registered, as feed.record would; of the same form as what
-- services/distribution/inquiry.events.ts and lead.events.ts say of what people do. The recorder is whoever registered it.
create function distribution.record_registered(r distribution.registered, name text, external_id text, phone text, email text,
  recorder jsonb, client jsonb) returns xid8
language plpgsql set enable_seqscan = off as $$
#variable_conflict use_column
declare
  about jsonb := jsonb_build_object('sourceId', r.source_key::text, 'leadId', r.lead_id::text);
  actor text := recorder ->> 'actor';
  rare jsonb := '[]';
begin
  with h (kind, subject_kind, subject_id, subject_version, data, change_kind, before, after) as materialized (
    select 'lead.registered', 'Lead', r.lead_id, r.lead_version, '{}'::jsonb, 'LEAD_REGISTERED', null::jsonb,
      jsonb_strip_nulls(jsonb_build_object('name', record_registered.name, 'externalId', record_registered.external_id,
        'phone', record_registered.phone, 'email', record_registered.email))
      where r.lead_made
    union all
    select 'inquiry.registered', 'Inquiry', r.inquiry_id, 1,
      about || jsonb_build_object('operatorId', null, 'groupId', null, 'waits', r.operator_id is null),
      'INQUIRY_REGISTERED', null, jsonb_build_object('sourceId', feed.global_id('Source', r.source_key),
        'leadId', feed.global_id('Lead', r.lead_id), 'priority', r.inquiry_priority, 'skills', r.inquiry_skills)
    union all
    select 'inquiry.assigned', 'Inquiry', r.inquiry_id, 2, about || jsonb_build_object('operatorId', r.operator_id::text,
        'groupId', r.group_id::text, 'way', r.way, 'load', r.load, 'maxLoad', r.max_load, 'previousOperatorId', null,
        'acceptBy', to_char(r.accept_by at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
      'INQUIRY_ASSIGNED', '{"operatorId": null, "way": null}',
      jsonb_build_object('operatorId', feed.global_id('Operator', r.operator_id), 'way', r.way)
      where r.operator_id is not null
  ), e as (
    insert into feed.event (kind, subject_kind, subject_id, subject_version, actor, data)
    select h.kind, h.subject_kind, h.subject_id, h.subject_version, actor, h.data from h
  )
  insert into change_record (kind, subject_kind, subject_id, subject_version, actor, user_id, customer_id, partner_key_id,
    client_address, client_agent, client_name, client_version, before, after)
  select h.change_kind, h.subject_kind, h.subject_id, h.subject_version, actor, (recorder ->> 'user_id')::bigint,
    (recorder ->> 'customer_id')::bigint, (recorder ->> 'partner_key_id')::bigint, client ->> 'address', client ->> 'agent',
    client ->> 'name', client ->> 'version', h.before, h.after from h;
  if r.lead_filled is not null then
    rare := rare || (recorder || jsonb_build_object('kind', 'lead.changed', 'subject_kind', 'Lead', 'subject_id', r.lead_id,
      'subject_version', r.lead_version, 'goes_on', true, 'data', '{}'::jsonb, 'change_kind', 'LEAD_CHANGED',
      'before', (select jsonb_object_agg(k, null) from jsonb_object_keys(r.lead_filled) k), 'after', r.lead_filled));
  end if;
  if r.duplicates is not null then
    rare := rare || (select jsonb_agg(recorder || jsonb_build_object('kind', 'lead-duplicate.found',
        'subject_kind', 'LeadDuplicate', 'subject_id', d.id, 'change_kind', 'LEAD_DUPLICATE_FOUND', 'after', jsonb_build_object(
          'firstId', feed.global_id('Lead', d.first_id), 'secondId', feed.global_id('Lead', d.second_id),
          'identifier', d.identifier)))
      from jsonb_to_recordset(r.duplicates) d(id bigint, first_id bigint, second_id bigint, identifier text));
  end if;
  if rare <> '[]' then
    return coalesce(feed.record(rare, client), pg_current_xact_id());
  end if;
  return pg_current_xact_id();
end $$;

-- Registers an inquiry once: a repeat with the same key registers nothing and gives what the first gave, with the hash of
-- the input that it had. It is what services/shared/database/run-idempotently.ts does, in the one call that this takes.
create function distribution.take_in(owner text, key text, hash text, source_id bigint, source_name text, external_id text,
  phone text, email text, name text, message text, priority integer, skills text[], at timestamptz, at_day text, at_time text,
  draws bigint[], recorder jsonb, client jsonb)
returns table (first_hash text, first_result jsonb, inquiry_id bigint, recorded_xid text)
language plpgsql set enable_seqscan = off as $$
#variable_conflict use_column
declare
  r distribution.registered;
  taken bigint;
begin
  insert into idempotency_record (owner, operation, key, input_hash)
    values (take_in.owner, 'registerInquiry', take_in.key, take_in.hash)
    on conflict (owner, operation, key) do nothing returning id into taken;
  if taken is null then
    return query select i.input_hash, i.result, null::bigint, null::text
      from idempotency_record i where i.owner = take_in.owner and i.operation = 'registerInquiry' and i.key = take_in.key;
    return;
  end if;
  select * into r from distribution.register_inquiry(take_in.source_id, take_in.source_name, take_in.external_id, take_in.phone,
    take_in.email, take_in.name, take_in.message, take_in.priority, take_in.skills, take_in.at, take_in.at_day, take_in.at_time,
    take_in.draws);
  if r.inquiry_id is null then
    -- What was refused may be tried again: there may be no transaction around this that is rolled back.
    delete from idempotency_record i where i.id = taken;
    return;
  end if;
  update idempotency_record i set result = jsonb_build_object('inquiryId', r.inquiry_id::text) where i.id = taken;
  return query select null::text, null::jsonb, r.inquiry_id, distribution.record_registered(r, take_in.name,
    take_in.external_id, take_in.phone, take_in.email, take_in.recorder, take_in.client)::text;
end $$;

-- The end of an assignment that is open, after which the inquiry waits again; the caller holds the inquiry's row. One that
-- was let pass goes to the end of its queue, so that nobody lets the same one pass for ever while others wait. It waits since
-- nobody has it for their own: to be offered to somebody is to wait.
create function distribution.release(inquiry bigint, why text, reason text, at timestamptz) returns void
language plpgsql set enable_seqscan = off as $$
declare
  let_pass boolean := release.why in ('DECLINED', 'NOT_ACCEPTED');
  gone_at timestamptz;
begin
  update assignment a set ended_at = greatest(a.made_at, release.at), "end" = release.why
    where a.inquiry_id = release.inquiry and a.ended_at is null returning a.ended_at into gone_at;
  update inquiry i set operator_id = null, waiting_reason = release.reason, assigned_at = null, accept_by = null,
      waiting_since = greatest(i.registered_at, i.reopened_at, (
        select max(a.ended_at) from assignment a
        where a.inquiry_id = release.inquiry and (a.accept_by is null or a.accepted_at is not null))),
      queued_at = case when let_pass then gone_at else i.queued_at end,
      passes = i.passes + let_pass::integer, version = i.version + 1
    where i.id = release.inquiry;
end $$;

-- The kinds of inquiries that wait, by source and the skills asked for, and whether somebody could take one now.
create function distribution.waiting_kinds(at_day text, at_time text) returns table (source_id bigint, kind bigint, room boolean)
language plpgsql stable set enable_seqscan = off as $$
#variable_conflict use_column
begin
  return query
    with recursive w as (
      (select i.source_id from inquiry i where i.status = 'ACTIVE' and i.operator_id is null order by i.source_id limit 1)
      union all
      select n.source_id from w cross join lateral (
        select i.source_id from inquiry i
        where i.status = 'ACTIVE' and i.operator_id is null and i.source_id > w.source_id order by i.source_id limit 1) n
    ), free as materialized (
      select o.id, o.skills, u.presence from operator o join app_user u on u.id = o.user_id
      where o.load < o.max_load and distribution.letter_of(o.active and u.active, 1, '{}', '{}', o.schedule, waiting_kinds.at_day,
        waiting_kinds.at_time, false, u.presence, o.load, o.max_load) = 'e'
    )
    select s.id, k.kind, exists (
      select from free f where distribution.letter_of(true, 1, f.skills, k.skills, null, waiting_kinds.at_day, waiting_kinds.at_time,
          s.asks_presence, f.presence, 0, 1) = 'e'
        and exists (select from source_weight c where c.source_id = s.id and c.operator_id = f.id and c.weight > 0))
    from w join source s on s.id = w.source_id cross join lateral distribution.waiting_kinds_of(s.id) k;
end $$;

-- What is to be done, or when next: the first instant at which an offer runs out or a deadline is to be told of, whether
-- anybody waits, and whether somebody could take one who does.
create function distribution.outlook(at_day text, at_time text, out due_at timestamptz, out waits boolean, out room boolean)
language plpgsql stable set enable_seqscan = off as $$
begin
  due_at := least(
    (select i.accept_by from inquiry i where i.accept_by is not null order by i.accept_by, i.id limit 1),
    (select i.warn_at from inquiry i where i.warn_at is not null order by i.warn_at, i.id limit 1),
    (select i.breach_at from inquiry i where i.breach_at is not null order by i.breach_at, i.id limit 1));
  select count(*) > 0, coalesce(bool_or(k.room), false) into waits, room
    from distribution.waiting_kinds(outlook.at_day, outlook.at_time) k;
end $$;

-- Says of inquiries that nobody can take why they wait, as it is now; of at most so many. One that another transaction holds
-- is being changed by that.
create function distribution.renew_reasons(at_day text, at_time text, most integer) returns integer
language plpgsql set enable_seqscan = off as $$
#variable_conflict use_column
declare
  k record;
  c record;
  renewed integer := 0;
  these integer;
begin
  for k in
    select w.source_id, w.kind, s.asks_presence, f.skills
    from distribution.waiting_kinds(renew_reasons.at_day, renew_reasons.at_time) w
    join source s on s.id = w.source_id
    cross join lateral (
      select i.skills from inquiry i where i.status = 'ACTIVE' and i.operator_id is null and i.source_id = w.source_id
        and distribution.kind_of(i.skills) = w.kind limit 1) f
    where not w.room order by w.source_id, w.kind
  loop
    exit when renewed >= renew_reasons.most;
    select * into c from distribution.choose(k.source_id, k.skills, null, null, k.asks_presence, renew_reasons.at_day,
      renew_reasons.at_time, '{0}');
    with stale as materialized (
      select q.id from inquiry q
      where q.status = 'ACTIVE' and q.operator_id is null and q.source_id = k.source_id
        and distribution.kind_of(q.skills) = k.kind and q.waiting_reason <> c.reason
      limit renew_reasons.most - renewed for no key update skip locked)
    update inquiry i set waiting_reason = c.reason from stale where i.id = stale.id;
    get diagnostics these = row_count;
    renewed := renewed + these;
  end loop;
  return renewed;
end $$;

-- Nobody's row is waited for longer than two seconds: meanwhile nothing at all is handed out.
-- Gives waiting inquiries to operators, by priority and place in the queue, at most one for each eight numbers drawn; one transaction at a
-- time. An inquiry for which nobody is there lets those behind it go first that somebody else can take; one that another
-- transaction holds is being changed by that, and looked at again afterwards.
create function distribution.hand_out(at timestamptz, at_day text, at_time text, draws bigint[])
returns table (inquiry_id bigint, version integer, source_id bigint, lead_id bigint, operator_id bigint, group_id bigint, way text,
  load integer, max_load integer, accept_by timestamptz)
language plpgsql set enable_seqscan = off set lock_timeout = '2s' as $$
#variable_conflict use_column
declare
  -- The kinds that may still be given to somebody, and the source of each.
  open_kinds bigint[];
  open_sources bigint[];
  held_by_others bigint[] := '{}';
  q record;
  i record;
  c record;
  next_draw integer := 1;
begin
  perform pg_advisory_xact_lock(hashtextextended('distribution', 0));
  select array_agg(k.source_id), array_agg(k.kind) into open_sources, open_kinds
    from distribution.waiting_kinds(hand_out.at_day, hand_out.at_time) k where k.room;
  while next_draw <= cardinality(hand_out.draws) loop
    select f.id, k.n into q from unnest(open_sources, open_kinds) with ordinality k(source_id, kind, n)
      cross join lateral (
        select w.id, w.priority, w.queued_at from inquiry w
        where w.status = 'ACTIVE' and w.operator_id is null and w.source_id = k.source_id
          and distribution.kind_of(w.skills) = k.kind and w.id <> all(held_by_others)
        order by w.priority desc, w.queued_at, w.id limit 1) f
      order by f.priority desc, f.queued_at, f.id limit 1;
    exit when not found;
    select k.id, k.source_id, k.lead_id, k.skills, k.waiting_reason, s.sticky, s.asks_presence, s.accept_within_seconds
      into i from inquiry k join source s on s.id = k.source_id
      where k.id = q.id and k.status = 'ACTIVE' and k.operator_id is null for update of k skip locked;
    if not found then
      held_by_others := held_by_others || q.id;
      continue;
    end if;
    select * into c from distribution.choose(i.source_id, i.skills, i.id, case when i.sticky then i.lead_id end,
      i.asks_presence, hand_out.at_day, hand_out.at_time, hand_out.draws[next_draw : next_draw + 7]);
    if c.operator_id is null then
      if i.waiting_reason <> c.reason then
        update inquiry k set waiting_reason = c.reason where k.id = i.id;
      end if;
      open_sources := open_sources[: q.n - 1] || open_sources[q.n + 1 :];
      open_kinds := open_kinds[: q.n - 1] || open_kinds[q.n + 1 :];
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
