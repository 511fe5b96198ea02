insert into user_group (id, name) select n, 'Группа ' || n from generate_series(1, 5) n;

-- User 1 is the admin, the others are operators.
insert into app_user (id, last_name, first_name, patronymic, work_phone, role_id, group_id, presence, created_at)
select n, bench.pick(n, 301, '{Смирнова,Иванова,Кузнецова,Соколова,Попова,Лебедева,Козлова,Новикова,Морозова}'::text[]),
  bench.pick(n, 302, '{Анна,Мария,Елена,Дарья,Алина,Ирина,Екатерина,Наталья,Ольга,Татьяна,Юлия}'::text[]),
  bench.pick(n, 303, '{Александровна,Дмитриевна,Сергеевна,Андреевна,Алексеевна,Игоревна,NULL}'::text[]),
  '+7495' || lpad((1000000 + n)::text, 7, '0'), (select id from role where name = case n when 1 then 'admin' else 'operator' end),
  case when n > 1 then 1 + n % 5 end, bench.pick(n, 304, '{ONLINE,AWAY,WORKING,OFFLINE}'::text[]),
  timestamptz '2023-01-09 10:00:00+03' + n * interval '11 days'
from generate_series(1, 1 + bench.size('operators')) n;

insert into login (id, email, email_key, user_id)
select n, email, email, n
from generate_series(1, 1 + bench.size('operators')) n
cross join lateral (select case n when 1 then 'admin' else 'operator-' || n - 1 end || '@bench.example') e (email);

insert into operator (id, user_id, alias, phone, max_load, skills)
select n, n + 1, 'Оператор ' || n, '+7999' || lpad(n::text, 7, '0'), 5 + n % 10,
  case n % 3 when 0 then '{sales}'::text[] when 1 then '{support,billing}' else '{}' end
from generate_series(1, bench.size('operators')) n;

insert into number_holding (msisdn, operator_id, held_from)
select phone, id, timestamptz '2023-01-01 00:00:00+03' from operator order by id;
