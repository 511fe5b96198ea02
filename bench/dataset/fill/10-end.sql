drop schema bench cascade;

-- Keys go on behind those given out here.
do $$
declare
  identity record;
begin
  for identity in
    select c.oid::regclass as relation, a.attname as name from pg_class c
    join pg_namespace s on s.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where s.nspname = 'public' and a.attidentity <> '' and not a.attisdropped
  loop
    execute format('select setval(pg_get_serial_sequence(%L, %L), coalesce(max(%I), 0) + 1, false) from %s',
      identity.relation, identity.name, identity.name, identity.relation);
  end loop;
end $$;
