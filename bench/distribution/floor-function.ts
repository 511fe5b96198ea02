/**
 * One SQL function that does for an inquiry all that the product does in the database: the idempotency key, the lead, the
 * choice under the limit, the inquiry and its assignment, the events and the history. Nobody is asked who they are, nothing is
 * parsed or checked, and nothing is read back but the inquiry's key.
 */
export const FLOOR_FUNCTION = `
create or replace function bench_register(source bigint, person bigint) returns bigint
language plpgsql set enable_seqscan = off as $$
declare
  key text := 'floor-' || gen_random_uuid();
  record bigint;
  r record;
  moment timestamptz := clock_timestamp();
begin
  insert into idempotency_record (owner, operation, key, input_hash)
    values ('bench', 'registerInquiry', key, encode(sha256(key::bytea), 'hex')) returning id into record;
  select * into r from distribution.register_inquiry(source, null, 'floor-' || person, '+7900' || lpad(person::text, 7, '0'), null,
    'Анна', 'Хочу узнать о продукте', null, '{}', moment, 'MON', '12:00',
    array[(random() * 9007199254740991)::bigint, (random() * 9007199254740991)::bigint, (random() * 9007199254740991)::bigint,
      (random() * 9007199254740991)::bigint, (random() * 9007199254740991)::bigint, (random() * 9007199254740991)::bigint,
      (random() * 9007199254740991)::bigint, (random() * 9007199254740991)::bigint]);
  with h (kind, subject_kind, subject_id, subject_version, data, change_kind, after) as (
    select 'lead.registered', 'Lead', r.lead_id, 1, '{}'::jsonb, 'LEAD_REGISTERED',
      jsonb_build_object('name', 'Анна', 'externalId', 'floor-' || person, 'phone', '+7900' || lpad(person::text, 7, '0'))
      where r.lead_made
    union all
    select 'inquiry.registered', 'Inquiry', r.inquiry_id, 1, jsonb_build_object('sourceId', r.source_key::text, 'leadId',
      r.lead_id::text, 'operatorId', null, 'groupId', null, 'waits', r.operator_id is null), 'INQUIRY_REGISTERED',
      jsonb_build_object('leadId', r.lead_id::text, 'sourceId', r.source_key::text, 'priority', r.inquiry_priority)
    union all
    select 'inquiry.assigned', 'Inquiry', r.inquiry_id, 2, jsonb_build_object('sourceId', r.source_key::text, 'leadId',
      r.lead_id::text, 'operatorId', r.operator_id::text, 'groupId', r.group_id, 'way', r.way, 'load', r.load, 'maxLoad',
      r.max_load, 'acceptBy', r.accept_by, 'previousOperatorId', null), 'INQUIRY_ASSIGNED',
      jsonb_build_object('operatorId', r.operator_id::text, 'way', r.way)
      where r.operator_id is not null
  ), e as (
    insert into feed.event (kind, subject_kind, subject_id, subject_version, actor, data)
    select kind, subject_kind, subject_id, subject_version, 'bench', data from h)
  insert into change_record (kind, subject_kind, subject_id, subject_version, actor, after)
    select change_kind, subject_kind, subject_id, subject_version, 'bench', after from h;
  update idempotency_record i set result = jsonb_build_object('inquiryId', r.inquiry_id::text) where i.id = record;
  return r.inquiry_id;
end $$;
`;
