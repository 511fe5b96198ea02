/** What waits, and how it is handed out (docs/decisions/0022). */
export const WAITING = `
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

-- Those of some operators who could take somebody that waits, in whatever source, before an inquiry of this priority that comes
-- now.
create function distribution.awaited_among(operators bigint[], priority integer, at_day text, at_time text) returns bigint[]
language plpgsql set enable_seqscan = off as $$
begin
  -- Nobody waits in most cases; in the order of its index this is one look at it.
  if not exists (
    select from inquiry q where q.status = 'ACTIVE' and q.operator_id is null
    order by q.source_id, distribution.kind_of(q.skills) limit 1)
  then
    return '{}';
  end if;
  return array(
    select distinct w.operator_id
    from (select distinct t.source_id from source_weight t where t.operator_id = any(operators) and t.weight > 0) t
    join source s on s.id = t.source_id
    cross join lateral distribution.waiting_kinds_of(s.id) k
    cross join lateral (
      select from inquiry q where q.status = 'ACTIVE' and q.operator_id is null and q.source_id = s.id
        and distribution.kind_of(q.skills) = k.kind and q.priority >= awaited_among.priority limit 1) q
    join source_weight w on w.source_id = s.id and w.operator_id = any(operators) and w.weight > 0
    join operator o on o.id = w.operator_id join app_user u on u.id = o.user_id
    where distribution.letter_of(o.active and u.active, w.weight, o.skills, k.skills, o.schedule, awaited_among.at_day,
      awaited_among.at_time, s.asks_presence, u.presence, 0, 1) = 'e');
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

-- Gives waiting inquiries to operators, by priority and place in the queue, at most one for each eight numbers drawn; one
-- transaction at a time. An inquiry for which nobody is there lets those behind it go first that somebody else can take; one
-- that another transaction holds is being changed by that, and looked at again afterwards. An operator's row that another
-- transaction holds is waited for, but not for long: meanwhile nothing at all is handed out.
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
      i.asks_presence, hand_out.at_day, hand_out.at_time, hand_out.draws[next_draw : next_draw + 7], null, hand_out.at);
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
    insert into assignment (inquiry_id, source_id, operator_id, way, draw, returned_to_id, weighting_id, states, made_at, accept_by)
      values (i.id, i.source_id, c.operator_id, c.way, c.draw, c.returned_to, c.weighting_id, c.states, hand_out.at, hand_out.accept_by)
      returning load, max_load into load, max_load;
    update inquiry k set operator_id = c.operator_id, waiting_reason = null, waiting_since = null, assigned_at = hand_out.at,
        accept_by = hand_out.accept_by, version = k.version + 1
      where k.id = i.id returning k.version into version;
    select u.group_id into group_id from operator o join app_user u on u.id = o.user_id where o.id = c.operator_id;
    return next;
  end loop;
end $$;
`;
