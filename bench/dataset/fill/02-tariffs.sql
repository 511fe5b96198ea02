insert into tariff (id, name, description, active, created_at)
select id, name, description, active, timestamptz '2022-12-01 09:00:00+03'
from (values
  (1, 'Базовый', 'Без ежемесячной платы', true),
  (2, 'Смарт', '300 минут в месяц', true),
  (3, 'Семейный', 'Для тех, кто звонит своим', true),
  (4, 'Деловой', 'Посекундная тарификация', true),
  (5, 'Деловой плюс', '3000 минут в месяц', true),
  (6, 'Пенсионный', 'Без излишеств', true),
  (7, 'Студенческий', 'Пока есть студенческий билет', true),
  (8, 'Безлимитный', 'Больше 10 000 минут в месяц не наговорить', true),
  (9, 'Архивный 2022', '', false),
  (10, 'Архивный 2023', '', false)
) t (id, name, description, active);

-- Prices rise twice, the second time in the middle of the calls.
insert into tariff_version (id, tariff_id, valid_from, price_per_minute, monthly_fee, currency, included_minutes,
  billing_step_seconds, minimum_seconds)
select (t.id - 1) * 3 + v.n, t.id, v.valid_from, round(t.price * v.factor, 2), round(t.fee * v.factor, 2), 'RUB',
  t.included, t.step, t.minimum
from (values
  (1, 1.90, 0, 0, 60, 0), (2, 1.50, 350, 300, 60, 0), (3, 1.20, 490, 500, 60, 0), (4, 1.70, 200, 0, 1, 3),
  (5, 1.10, 1500, 3000, 1, 3), (6, 1.40, 100, 60, 60, 0), (7, 1.30, 150, 120, 30, 0), (8, 2.50, 900, 10000, 60, 0),
  (9, 2.10, 0, 0, 60, 60), (10, 1.95, 50, 30, 30, 30)
) t (id, price, fee, included, step, minimum)
cross join (values
  (1, timestamptz '2023-01-01 00:00:00+03', 1.0), (2, timestamptz '2025-07-01 00:00:00+03', 1.1),
  (3, timestamptz '2026-10-01 00:00:00+03', 1.25)
) v (n, valid_from, factor);
