import type { Client } from 'pg';

/** Admins whose sockets have equal rights. */
const ADMINS = 20;
const ROLE = 'bench-scoped';

/** A login with a session that is under way. */
export interface Login {
  readonly loginId: string;
  readonly sessionId: string;
}

/** Who subscribes. */
export interface People {
  readonly admins: readonly Login[];
  /** Each answers for a group of their own, and all for the group of the operator who is called. */
  readonly supervisors: readonly Login[];
  /** Each follows all calls, and sees only those that they took part in. */
  readonly operators: readonly Login[];
  /** Of the operator whom all supervisors answer for. */
  readonly commonPhone: string;
  /** Of the operators, in their order. */
  readonly phones: readonly string[];
}

/** Key ranges tell users apart: admins from 1, supervisors from 100,001, operators from 200,001, the one who is called last. */
const SUPERVISORS = 100_000;
const OPERATORS = 200_000;
const COMMON = 300_000;
const COMMON_PHONE = '+79990300000';

const USERS = `
with wanted (id, role) as (
  select n, 'admin' from generate_series(1, $1::int) n
  union all select ${SUPERVISORS} + n, 'supervisor' from generate_series(1, $2::int) n
  union all select ${OPERATORS} + n, '${ROLE}' from generate_series(1, $2::int) n
  union all select ${COMMON}, 'operator')
insert into app_user (id, last_name, first_name, work_phone, role_id, group_id)
select w.id, 'Смирнова', 'Анна ' || w.id, '+7495' || lpad(w.id::text, 7, '0'), r.id, case w.id when ${COMMON} then ${COMMON} end
from wanted w join role r on r.name = w.role`;

const STATEMENTS = {
  role: `insert into role (name, built_in, permissions) values ('${ROLE}', false, '{call-feed.all,calls.read-own}')`,
  groups: `insert into user_group (id, name)
    select n, 'Группа ' || n from generate_series(${SUPERVISORS} + 1, ${SUPERVISORS} + $1::int) n
    union all select ${COMMON}, 'Общая группа'`,
  supervisions: `insert into group_supervision (supervisor_id, group_id)
    select n, g from generate_series(${SUPERVISORS} + 1, ${SUPERVISORS} + $1::int) n, lateral (values (n), (${COMMON})) g (g)`,
  logins: `insert into login (id, email, email_key, user_id)
    select id, e, e, id from app_user, lateral (values ('user-' || id || '@bench.example')) v (e)`,
  operators: `insert into operator (id, user_id, alias, phone, max_load, skills)
    select id, id, 'Оператор ' || id, '+7999' || lpad(id::text, 7, '0'), 5, '{}' from app_user where id > ${OPERATORS}`,
  holdings: `insert into number_holding (msisdn, operator_id, held_from)
    select phone, id, timestamptz '2023-01-01 00:00:00+03' from operator`,
  sessions: `insert into refresh_token (login_id, family, token_hash, created_at, expires_at)
    select id, gen_random_uuid(), encode(sha256(id::text::bytea), 'hex'), now(), now() + interval '1 day' from login
    returning login_id as "loginId", family as "sessionId"`,
} as const;

/** Fills a new database with everybody, each with a session. */
export async function makePeople(client: Client, users: number): Promise<People> {
  await client.query(STATEMENTS.role);
  await client.query(STATEMENTS.groups, [users]);
  await client.query(USERS, [ADMINS, users]);
  await client.query(STATEMENTS.supervisions, [users]);
  await client.query(STATEMENTS.logins);
  await client.query(STATEMENTS.operators);
  await client.query(STATEMENTS.holdings);
  const { rows } = await client.query<Login>(STATEMENTS.sessions);
  await client.query('vacuum (analyze)');
  const logins = new Map(rows.map((login) => [Number(login.loginId), login]));
  const inRange = (from: number, count: number) => Array.from({ length: count }, (_, n) => logins.get(from + n + 1)!);
  return {
    admins: inRange(0, ADMINS),
    supervisors: inRange(SUPERVISORS, users),
    operators: inRange(OPERATORS, users),
    commonPhone: COMMON_PHONE,
    phones: Array.from({ length: users }, (_, n) => `+7999${String(OPERATORS + n + 1).padStart(7, '0')}`),
  };
}
