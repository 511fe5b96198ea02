/**
 * The event log (docs/decisions): partitioned by day, read in the order of transactions.
 *
 * The default partition only catches what comes when nobody made the day's own.
 */
export const FEED = `
create schema feed;

create table feed.epoch (
  singleton boolean primary key default true check (singleton),
  id uuid not null default gen_random_uuid()
);
insert into feed.epoch default values;

create table feed.event (
  position bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  recorded_at timestamptz not null default now(),
  kind text not null,
  subject_kind text not null,
  subject_id bigint not null,
  subject_version integer not null,
  actor text not null,
  data jsonb not null
) partition by range (recorded_at);
create index event_order on feed.event (xid, position);
create table feed.event_default partition of feed.event default;

create function feed.ensure_partitions(from_day date, days integer) returns void language plpgsql as $$
declare
  day date;
  name text;
begin
  perform pg_advisory_xact_lock(hashtext('feed.ensure_partitions'));
  for day in select from_day + n from generate_series(0, days - 1) as n loop
    name := 'event_' || to_char(day, 'YYYYMMDD');
    if to_regclass('feed.' || name) is null
      and not exists (select from feed.event_default where recorded_at >= day at time zone 'UTC' and recorded_at < (day + 1) at time zone 'UTC')
    then
      execute format('create table feed.%I partition of feed.event for values from (%L) to (%L)', name, day || ' 00:00+00', (day + 1) || ' 00:00+00');
    end if;
  end loop;
end $$;
select feed.ensure_partitions((now() at time zone 'UTC')::date, 8);
`;
