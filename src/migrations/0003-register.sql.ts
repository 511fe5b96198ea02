/** How an inquiry comes in: its lead, its operator or its place in the queue, and what is recorded of it, in one call. */
export const REGISTER = `
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
  inquiry_skills := array(select distinct k collate "C" from unnest(s.skills || register_inquiry.skills) k order by 1);

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
    s.asks_presence, register_inquiry.at_day, register_inquiry.at_time, register_inquiry.draws, inquiry_priority,
    register_inquiry.at);
  operator_id := c.operator_id;
  waiting_reason := c.reason;
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
    insert into assignment (inquiry_id, source_id, operator_id, way, draw, returned_to_id, weighting_id, states, made_at, accept_by)
      values (inquiry_id, s.id, operator_id, c.way, c.draw, c.returned_to, c.weighting_id, c.states, register_inquiry.at, accept_by)
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
`;
