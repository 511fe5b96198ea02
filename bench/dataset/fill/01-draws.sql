-- Draws that are the same on every machine: a hash of the row's number and of what is drawn.
create schema bench;

-- From 0 to below 1.
create function bench.draw(n bigint, salt integer) returns double precision
  language sql immutable parallel safe as $$
    select (hashint8extended(n, salt) & 1073741823)::double precision / 1073741824
  $$;

-- From 1 to `most`; the larger the skew over 1, the more often a low one.
create function bench.rank(n bigint, salt integer, most bigint, skew double precision default 1) returns bigint
  language sql immutable parallel safe as $$
    select 1 + floor(most * power(bench.draw(n, salt), skew))::bigint
  $$;

create function bench.pick(n bigint, salt integer, choices anyarray) returns anyelement
  language sql immutable parallel safe as $$
    select choices[bench.rank(n, salt, cardinality(choices))::integer]
  $$;

-- A size of the dataset, from the session's settings.
create function bench.size(name text) returns bigint
  language sql stable parallel safe as $$ select current_setting('bench.' || name)::bigint $$;

-- The days of the calls begin here, at midnight in Moscow.
create function bench.first_day() returns timestamptz
  language sql immutable parallel safe as $$ select timestamptz '2026-09-01 00:00:00+03' $$;
create function bench.days() returns integer language sql immutable parallel safe as $$ select 60 $$;
