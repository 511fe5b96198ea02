/** What leads are known by, and how it is held while it is looked up or changed (docs/decisions/0021). */
export const LEADS = `
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
`;
