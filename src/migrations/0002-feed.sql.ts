/** Columns that say how far back the event log reaches, and of which database it is. */
const REACH = `
alter table feed.epoch
  add column log uuid not null default gen_random_uuid(),
  add column mark text,
  add column dropped_xid xid8 not null default '0',
  add column dropped_position bigint not null default 0;
create index event_subject on feed.event (subject_kind, subject_id, position);
`;

/** Days of the log are made and dropped whole; neither waits for longer than a moment, since others wait behind it. */
const DAYS = `
-- Makes the partition of a day, with what the default partition caught of it. Leaves all as it is where a lock is not to
-- be had at once, or where so much was caught that moving it would hold up everybody: it is read from there as well.
create function feed.make_day(day date) returns boolean language plpgsql set lock_timeout = '200ms' as $$
declare
  most_moved constant integer := 50000;
  name constant text := 'event_' || to_char(day, 'YYYYMMDD');
  starts constant timestamptz := day::timestamp at time zone 'UTC';
  ends constant timestamptz := (day + 1)::timestamp at time zone 'UTC';
begin
  if to_regclass('feed.' || name) is not null then
    return true;
  end if;
  -- A reader that has looked up the partitions, and only then waits for the default one, would miss rows that are moved
  -- or written into the new one meanwhile. A day that is still to come has none, and needs no such lock.
  if day <= (now() at time zone 'UTC')::date
    or exists (select from feed.event_default d where d.recorded_at >= starts and d.recorded_at < ends)
  then
    lock table feed.event in access exclusive mode;
  end if;
  if (select count(*) from (
      select from feed.event_default d where d.recorded_at >= starts and d.recorded_at < ends limit most_moved + 1) c
    ) > most_moved
  then
    return false;
  end if;
  execute format('create table feed.%I (like feed.event including defaults)', name);
  execute format('with caught as (
    delete from feed.event_default where recorded_at >= %2$L and recorded_at < %3$L returning *)
    insert into feed.%1$I select * from caught', name, starts, ends);
  execute format('alter table feed.event attach partition feed.%I for values from (%L) to (%L)', name, starts, ends);
  return true;
exception when lock_not_available then
  return false;
end $$;

drop function feed.ensure_partitions(date, integer);

-- Makes partitions for so many days, and for every day of which the default partition caught something. Gives how many
-- of them could not be made now; what is written of them is caught by the default partition.
create function feed.ensure_partitions(from_day date, days integer) returns integer language plpgsql as $$
declare
  wanted date;
  missing integer := 0;
begin
  perform pg_advisory_xact_lock(hashtext('feed.ensure_partitions'));
  for wanted in
    select from_day + n from generate_series(0, days - 1) as n
    union select distinct (d.recorded_at at time zone 'UTC')::date from feed.event_default d
    order by 1
  loop
    if not feed.make_day(wanted) then
      missing := missing + 1;
    end if;
  end loop;
  return missing;
end $$;

create function feed.note_dropped(last_xid xid8, last_position bigint) returns void language sql as $$
  update feed.epoch set dropped_xid = last_xid, dropped_position = last_position
  where (dropped_xid, dropped_position) < (last_xid, last_position);
$$;

-- Drops the oldest partition that lies wholly before a day, and notes how far it reached. Gives its name, null where
-- there is none; fails with lock_not_available where somebody uses the log for longer than a moment.
create function feed.drop_before(day date) returns text language plpgsql set lock_timeout = '200ms' as $$
declare
  horizon constant timestamptz := day::timestamp at time zone 'UTC';
  oldest text;
  last record;
begin
  perform from feed.epoch for update;
  select c.relname into oldest from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'feed.event'::regclass and c.relname ~ '^event_[0-9]{8}$'
      and substr(c.relname, 7) collate "C" < to_char(day, 'YYYYMMDD')
    order by 1 limit 1;
  if oldest is not null then
    lock table feed.event in access exclusive mode;
    execute format('select xid, position from feed.%I order by xid desc, position desc limit 1', oldest) into last;
    perform feed.note_dropped(last.xid, last.position);
    execute format('drop table feed.%I', oldest);
    return oldest;
  end if;
  -- What was too much to be moved to its day: once all of it is old, it goes at once.
  if (select max(recorded_at) from feed.event_default) < horizon then
    lock table feed.event_default in access exclusive mode;
    if (select max(recorded_at) from feed.event_default) < horizon then
      select xid, position into last from feed.event_default order by xid desc, position desc limit 1;
      perform feed.note_dropped(last.xid, last.position);
      truncate feed.event_default;
      return 'event_default';
    end if;
  end if;
  return null;
end $$;
`;

/** A log whose transaction ids are another database's is made this one's. */
const ADOPTION = `
-- What tells this database from any that it was copied, restored or promoted from. '?' stands for what this role may not
-- ask. The timeline is that of the log being written: the control file's lags behind a promotion until a checkpoint.
create function feed.fingerprint() returns text language plpgsql as $$
declare
  cluster text := '?';
  timeline text := '?';
begin
  if has_function_privilege('pg_control_system()', 'execute') then
    select system_identifier::text into cluster from pg_control_system();
  end if;
  if has_function_privilege('pg_walfile_name(pg_lsn)', 'execute')
    and has_function_privilege('pg_current_wal_lsn()', 'execute')
  then
    timeline := left(pg_walfile_name(pg_current_wal_lsn()), 8);
  end if;
  return concat_ws(':', cluster, timeline, (select d.oid from pg_database d where d.datname = current_database()),
    'feed.epoch'::regclass::oid, pg_relation_filenode('feed.epoch'));
end $$;

-- Where a reader of the old order, who has seen everything up to a place, goes on in the new one, in which the kept events
-- stand by their positions alone: before the first that it has not seen. It may see some twice and misses none. One to
-- whom the old log did not reach back begins at the beginning, which tells it so again.
create function feed.moved_place(old_xid xid8, old_position bigint, new_xid xid8, out xid xid8, out "position" bigint)
language sql as $$
  select case when place.reached then new_xid else '0'::xid8 end, case when place.reached then place.position else 0 end
  from (
    select (old_xid, old_position) >= (p.dropped_xid, p.dropped_position) as reached, coalesce(
      (select min(e.position) - 1 from feed.event e where (e.xid, e.position) > (old_xid, old_position)),
      (select max(e.position) from feed.event e), old_position) as position
    from feed.epoch p) place;
$$;

-- Makes the log this database's own: 'known' where it is, 'marked' where it never was any other's, 'renewed' where it
-- came from elsewhere. Then it is another log (cursors of the old one are of no use), and its events are numbered anew:
-- transaction ids of the other database may be far above any of this one, and would hide events or stand behind new ones.
--
-- The kept events get one transaction id, and so stand in the order of their positions. That keeps the order within a
-- subject: a version is taken under the lock of the subject's row, and so its events get their positions when those of
-- the version before are committed; the sequence gives them in rising order, one session at a time (its cache is 1).
-- The id is below any that still runs, so that what is being written comes behind them.
create function feed.adopt() returns text language plpgsql as $$
declare
  fingerprint constant text := feed.fingerprint();
  was feed.epoch;
  new_log constant uuid := gen_random_uuid();
  new_xid xid8;
  first bigint;
  last bigint;
begin
  select * into was from feed.epoch for update;
  if was.mark = fingerprint then
    return 'known';
  end if;
  if was.mark is null
    and not exists (select from feed.event where xid >= pg_snapshot_xmax(pg_current_snapshot()))
  then
    update feed.epoch set mark = fingerprint;
    return 'marked';
  end if;
  lock table feed.event in share row exclusive mode;
  new_xid := (pg_snapshot_xmin(pg_current_snapshot())::text::numeric - 1)::text::xid8;
  -- Webhooks go on where they were; their receivers are told, since they may know of what this database does not.
  with moved as (
    update webhook_endpoint w set log = new_log, gap_at = now(), gap_reason = 'LOG_REPLACED', (xid, position) = (
      select m.xid::text::bigint, m.position from feed.moved_place(w.xid::text::xid8, w.position, new_xid) m)
    where w.log = was.log and w.removed_at is null
    returning w.id, w.xid, w.position)
  insert into webhook_delivery (endpoint_id, log, xid, position, kind, subject_kind, subject_id, subject_version,
    recorded_at, data, next_attempt_at)
  select id, new_log, xid, position, 'webhook.gap', 'WebhookEndpoint', id, 0, now(), '{"reason": "LOG_REPLACED"}', now()
  from moved;
  select min(position), max(position) into first, last from feed.event;
  update feed.event set xid = new_xid where xid <> new_xid;
  update feed.epoch set log = new_log, mark = fingerprint,
    dropped_xid = case when was.dropped_xid = '0' then '0'::xid8 else new_xid end,
    dropped_position = case when was.dropped_xid = '0' then 0 else coalesce(first - 1, was.dropped_position) end;
  -- Rows alone may have been restored, without where their sequence stood.
  last := greatest(last, was.dropped_position);
  if last > 0 and last >= (select last_value from feed.event_position_seq) then
    perform setval('feed.event_position_seq', last);
  end if;
  return 'renewed';
end $$;
`;

/**
 * How the log is read. Functions, since a plan that a connection keeps from when a day was empty would read and sort all of it;
 * volatile, since one that is stable looks with a snapshot from before it waited for somebody who drops a day, and would not
 * know that the day is gone.
 */
const READS = `
-- The place of the last event below all transactions that still run, or of the last that was dropped.
create function feed.latest(out log uuid, out xid xid8, out "position" bigint) language plpgsql volatile
set enable_seqscan = off set enable_sort = off as $$
#variable_conflict use_column
begin
  select p.log, l.xid, l.position into latest.log, latest.xid, latest.position
  from feed.epoch p cross join lateral (
    (select e.xid, e.position from feed.event e
      where e.xid < pg_snapshot_xmin(pg_current_snapshot()) order by e.xid desc, e.position desc limit 1)
    union all select p.dropped_xid, p.dropped_position order by xid desc, position desc limit 1) l;
end $$;

-- The events behind a place, in order, below all transactions that still run; one row without an event where there is none.
-- reaches: nothing behind the place has been dropped; knows: the place is one of this log.
create function feed.behind(at_xid xid8, at_position bigint, most integer)
returns table (log uuid, reaches boolean, knows boolean, xid xid8, "position" bigint, kind text, subject_kind text,
  subject_id bigint, subject_version integer, actor text, recorded_at timestamptz, data jsonb)
language plpgsql volatile set enable_seqscan = off set enable_sort = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
  select p.log, (at_xid, at_position) >= (p.dropped_xid, p.dropped_position),
    (at_xid, at_position) = (p.dropped_xid, p.dropped_position)
      or exists (select from feed.event k where k.xid = at_xid and k.position = at_position),
    e.xid, e.position, e.kind, e.subject_kind, e.subject_id, e.subject_version, e.actor, e.recorded_at, e.data
  from feed.epoch p left join lateral (
    select * from feed.event e
    where (e.xid, e.position) > (at_xid, at_position) and e.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by e.xid, e.position limit most) e on true
  order by e.xid, e.position;
end $$;
`;

/** How far back the event log reaches, how it is read, and which database it is of. */
export const FEED_REACH = REACH + DAYS + ADOPTION + READS;
