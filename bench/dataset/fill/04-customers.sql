create function bench.last_names() returns text[] language sql immutable as $$ select '{Смирнов,Иванов,Кузнецов,
  Соколов,Попов,Лебедев,Козлов,Новиков,Морозов,Петров,Волков,Соловьёв,Васильев,Зайцев,Павлов,Семёнов,Голубев,Виноградов,
  Богданов,Воробьёв,Фёдоров,Михайлов,Беляев,Тарасов,Белов,Комаров,Орлов,Киселёв,Макаров,Андреев,Ковалёв,Ильин,Гусев,
  Титов,Кузьмин,Кудрявцев,Баранов,Куликов,Алексеев,Степанов,Яковлев,Сорокин,Сергеев,Романов,Захаров,Борисов,Королёв,
  Герасимов,Пономарёв,Григорьев,Лазарев,Медведев,Ершов,Никитин,Соболев,Рябов,Поляков,Цветков,Данилов,Жуков,Фролов,
  Журавлёв,Николаев,Крылов,Максимов,Сидоров,Осипов,Белоусов,Федотов,Дорофеев,Егоров,Матвеев,Бобров,Дмитриев,Калинин,
  Анисимов,Петухов,Антонов,Тимофеев,Никифоров,Веселов,Филиппов,Марков,Большаков,Суханов,Миронов,Ширяев,Александров,
  Коновалов,Шестаков,Казаков,Ефимов,Денисов,Громов,Фомин,Давыдов,Мельников,Щербаков,Блинов,Колесников}'::text[] $$;
create function bench.male_names() returns text[] language sql immutable as $$ select '{Александр,Дмитрий,Максим,
  Сергей,Андрей,Алексей,Артём,Илья,Кирилл,Михаил,Никита,Матвей,Роман,Егор,Арсений,Иван,Денис,Евгений,Даниил,Тимофей,
  Владислав,Игорь,Владимир,Павел,Руслан,Марк,Константин,Тимур,Олег,Ярослав}'::text[] $$;
create function bench.female_names() returns text[] language sql immutable as $$ select '{Анна,Мария,Елена,Дарья,
  Алина,Ирина,Екатерина,Арина,Полина,Ольга,Юлия,Татьяна,Наталья,Виктория,Елизавета,Ксения,Милана,Вероника,Алиса,Валерия,
  Александра,Ульяна,Кристина,София,Марина,Светлана,Варвара,Софья,Диана,Яна}'::text[] $$;
create function bench.fathers() returns text[] language sql immutable as $$ select '{Александров,Дмитриев,Максимов,
  Сергеев,Андреев,Алексеев,Артёмов,Кириллов,Михайлов,Романов,Егоров,Иванов,Денисов,Евгеньев,Данилов,Владиславов,Игорев,
  Владимиров,Павлов,Русланов,Константинов,Олегов,Ярославов,Викторов,Юрьев,Борисов}'::text[] $$;
create function bench.trades() returns text[] language sql immutable as $$ select '{Вектор,Горизонт,Сфера,Квант,Лидер,
  Орион,Меридиан,Атлант,Прогресс,Маяк,Импульс,Восход,Каскад,Альянс,Феникс,Технологии,Строй,Логистика,Медиа,Энергия}'::text[] $$;

create unlogged table bench.person as
select n, bench.draw(n, 401) < 0.08 as company, bench.draw(n, 402) < 0.5 as male,
  bench.pick(n, 403, bench.last_names()) as last_name, bench.pick(n, 405, bench.fathers()) as father,
  bench.draw(n, 406) < 0.94 as has_father,
  timestamptz '2023-01-10 09:00:00+03' + date_trunc('milliseconds', bench.draw(n, 407) * interval '1310 days') as since
from generate_series(1, bench.size('customers')) n;

insert into customer (id, name, last_name, first_name, patronymic, company_name, email, status, created_at)
select n, coalesce(company_name, concat_ws(' ', last_name, first_name, patronymic)), last_name, first_name, patronymic,
  company_name, case when bench.draw(n, 411) < 0.7 then 'customer-' || n || '@mail.example' end,
  case when s < 0.93 then 'ACTIVE' when s < 0.97 then 'SUSPENDED' when s < 0.985 then 'BLOCKED' else 'CLOSED' end, since
from (
  select n, since, bench.draw(n, 410) as s,
    case when not company then last_name || case when male then '' else 'а' end end as last_name,
    case when not company then bench.pick(n, 404, case when male then bench.male_names() else bench.female_names() end)
      end as first_name,
    case when not company and has_father then father || case when male then 'ич' else 'на' end end as patronymic,
    case when company then bench.pick(n, 408, '{ООО,АО,ИП,ПАО}'::text[]) || ' «' || bench.pick(n, 409, bench.trades())
      || '-' || n || '»' end as company_name
  from bench.person
) drawn
order by n;
