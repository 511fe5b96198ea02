/** How what happened is written, for the product's code and for functions of the database that know what they did. */
export const RECORD = `
-- An object's id in the graph (services/shared/ids/global-id.ts).
create function feed.global_id(kind text, key bigint) returns text language sql immutable parallel safe
return rtrim(translate(encode(convert_to(kind || ':' || key, 'UTF8'), 'base64'), '+/' || chr(10), '-_'), '=');

-- Writes events into the log, and what was changed into the history, in the order given; the fields of both stand in
-- services/shared/events/record-events.ts. An event with goes_on stands in the log not below the version before it.
-- Gives the transaction id that the last event is stored under; null where there was no event among it.
create function feed.record(happened jsonb, client jsonb) returns xid8
language plpgsql set enable_seqscan = off as $$
declare
  latest xid8;
begin
  with h as materialized (
    select * from rows from (jsonb_to_recordset(happened) as (kind text, subject_kind text, subject_id bigint,
      subject_version integer, goes_on boolean, actor text, data jsonb, change_kind text, before jsonb, after jsonb, user_id bigint,
      customer_id bigint, partner_key_id bigint)) with ordinality as h(kind, subject_kind, subject_id, subject_version, goes_on,
      actor, data, change_kind, before, after, user_id, customer_id, partner_key_id, n)
  ), c as (
    insert into change_record (kind, subject_kind, subject_id, subject_version, actor, user_id, customer_id, partner_key_id,
      client_address, client_agent, client_name, client_version, before, after)
    select h.change_kind, h.subject_kind, h.subject_id, h.subject_version, h.actor, h.user_id, h.customer_id, h.partner_key_id,
      client ->> 'address', client ->> 'agent', client ->> 'name', client ->> 'version', h.before, h.after
    from h where h.change_kind is not null order by h.n
  ), e as (
    insert into feed.event (xid, kind, subject_kind, subject_id, subject_version, actor, data)
    select case when h.goes_on then greatest(pg_current_xact_id(), (
        select f.xid from feed.event f where f.subject_kind = h.subject_kind and f.subject_id = h.subject_id
        order by f.position desc limit 1)) else pg_current_xact_id() end,
      h.kind, h.subject_kind, h.subject_id, h.subject_version, h.actor, h.data
    from h where h.data is not null order by h.n
    returning xid
  )
  select e.xid into latest from e order by e.xid desc limit 1;
  return latest;
end $$;
`;
