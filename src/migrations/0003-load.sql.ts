/**
 * An operator's load is counted by the database, and never lifted over the limit by it: an assignment takes a place when
 * it is made and gives it back when it ends, under the lock of the operator's row. A limit lowered below the load takes
 * nothing away and adds nothing.
 */
export const LOAD = `
create function distribution.take_place() returns trigger language plpgsql set enable_seqscan = off as $$
begin
  update operator o set load = o.load + 1, load_turn = o.load_turn + 1 where o.id = new.operator_id
    returning o.load, o.max_load, o.load_turn into new.load, new.max_load, new.turn;
  return new;
end $$;
create trigger assignment_takes_a_place before insert on assignment for each row
  execute function distribution.take_place();

create function distribution.give_place_back() returns trigger language plpgsql set enable_seqscan = off as $$
begin
  if old.ended_at is null and new.ended_at is not null then
    update operator o set load = o.load - 1, load_turn = o.load_turn + 1 where o.id = new.operator_id
      returning o.load_turn into new.end_turn;
  end if;
  return new;
end $$;
create trigger assignment_gives_its_place_back before update of ended_at on assignment for each row
  execute function distribution.give_place_back();

-- What an assignment says of how it was made stays as it is, and so does one that ended.
create trigger lost_draw_is_kept before update or delete or truncate on lost_draw for each statement execute function refuse_change();
create trigger assignment_is_kept before delete or truncate on assignment for each statement execute function refuse_change();
create trigger assignment_is_what_was_chosen before update on assignment for each row
  when (old.ended_at is not null or (old.inquiry_id, old.source_id, old.operator_id, old.way, old.draw, old.returned_to_id, old.weighting_id,
      old.states, old.made_by_id, old.load, old.max_load, old.turn, old.made_at, old.accept_by)
    is distinct from (new.inquiry_id, new.source_id, new.operator_id, new.way, new.draw, new.returned_to_id, new.weighting_id,
      new.states, new.made_by_id, new.load, new.max_load, new.turn, new.made_at, new.accept_by))
  execute function refuse_change();

create function distribution.refuse_load() returns trigger language plpgsql as $$
begin
  raise exception 'a load is changed by assignments only' using errcode = 'restrict_violation';
end $$;
create trigger operator_load_follows_assignments before update of load, load_turn on operator for each row
  when (pg_trigger_depth() = 0 and (old.load, old.load_turn) is distinct from (new.load, new.load_turn))
  execute function distribution.refuse_load();
create trigger operator_load_starts_at_zero before insert on operator for each row
  when (new.load <> 0 or new.load_turn <> 0) execute function distribution.refuse_load();

-- An active inquiry with an operator has one open assignment, to that operator; any other has none.
create function distribution.check_assigned(inquiry bigint) returns void language plpgsql set enable_seqscan = off as $$
begin
  if exists (
    select from inquiry i left join assignment a on a.inquiry_id = i.id and a.ended_at is null
    where i.id = check_assigned.inquiry
      and a.operator_id is distinct from case when i.status = 'ACTIVE' then i.operator_id end
  ) then
    raise exception 'an inquiry and its assignment must agree'
      using errcode = 'check_violation', constraint = 'inquiry_assigned';
  end if;
end $$;
create function distribution.check_inquiry() returns trigger language plpgsql as $$
begin
  perform distribution.check_assigned(new.id);
  return null;
end $$;
create function distribution.check_assignment() returns trigger language plpgsql as $$
begin
  perform distribution.check_assigned(new.inquiry_id);
  return null;
end $$;
create constraint trigger inquiry_agrees_with_assignment after insert or update of operator_id, status on inquiry
  deferrable initially deferred for each row execute function distribution.check_inquiry();
create constraint trigger assignment_agrees_with_inquiry after insert or update of ended_at on assignment
  deferrable initially deferred for each row execute function distribution.check_assignment();

-- All weights of a source as they stand after a change; whoever changes them holds the source's row.
create function distribution.keep_weighting(sources bigint[]) returns void language sql as $$
  insert into source_weighting (source_id, number, operator_ids, weights)
  select s.id, coalesce((select max(k.number) from source_weighting k where k.source_id = s.id), 0) + 1,
    coalesce(array_agg(w.operator_id order by w.operator_id) filter (where w.id is not null), '{}'),
    coalesce(array_agg(w.weight order by w.operator_id) filter (where w.id is not null), '{}')
  from unnest(sources) s(id) left join source_weight w on w.source_id = s.id group by s.id;
$$;
create function distribution.keep_weighting_after_insert() returns trigger language plpgsql as $$
begin
  perform distribution.keep_weighting(array(select distinct source_id from after));
  return null;
end $$;
create function distribution.keep_weighting_after_delete() returns trigger language plpgsql as $$
begin
  perform distribution.keep_weighting(array(select distinct source_id from before));
  return null;
end $$;
create function distribution.keep_weighting_after_update() returns trigger language plpgsql as $$
begin
  perform distribution.keep_weighting(array(select source_id from before union select source_id from after));
  return null;
end $$;
create trigger source_weight_insert_is_kept after insert on source_weight referencing new table as after
  for each statement execute function distribution.keep_weighting_after_insert();
create trigger source_weight_delete_is_kept after delete on source_weight referencing old table as before
  for each statement execute function distribution.keep_weighting_after_delete();
create trigger source_weight_update_is_kept after update on source_weight referencing old table as before new table as after
  for each statement execute function distribution.keep_weighting_after_update();
create trigger source_weight_truncate_is_refused before truncate on source_weight for each statement execute function refuse_change();
create trigger source_weighting_is_kept before update or delete or truncate on source_weighting for each statement execute function refuse_change();

-- An operator's row changes with each of their inquiries: whose rights that concerns is asked only where it may concern any.
-- Who was removed has no profile any more, as far as rights go.
drop trigger operator_update_tells_users on operator;
create function feed.tell_access_by_operator_row() returns trigger language plpgsql as $$
begin
  perform feed.tell_access('User', 'users', array_agg(w.id order by w.id::text), array_agg(w.id::text order by w.id::text))
    from (select distinct k.id from unnest(array[old.user_id, new.user_id]) k(id)) w;
  return null;
end $$;
create trigger operator_update_tells_users after update on operator for each row
  when ((old.id, old.user_id, old.removed_at is null) is distinct from (new.id, new.user_id, new.removed_at is null)) execute function feed.tell_access_by_operator_row();
alter table operator set (fillfactor = 50);
`;
