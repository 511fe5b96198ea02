/** A table that says who may do what, and what of it does. */
interface Watched {
  readonly table: string;
  /** Of whom its rows are, in one alias: the kind and the key of the event's subject. */
  readonly subject: readonly [kind: string, id: (row: string) => string];
  /** Under which name of the event's data they are, and as what. */
  readonly concerned: readonly [key: string, name: (row: string) => string];
  /** Whether an update changes somebody's rights, by the row before and after; where its id was changed, one is null. */
  readonly matters: (before: string, after: string) => string;
  /** Whether the loss of a row does; every loss, if left out. */
  readonly lossMatters?: (before: string) => string;
  /** Whether a new row, or one less by `truncate`, changes what somebody may do who could do something before. */
  readonly adds?: boolean;
  readonly truncated?: boolean;
}

const columns =
  (...names: readonly string[]) =>
  (row: string): string =>
    `(${names.map((name) => `${row}.${name}`).join(', ')})`;

const differ =
  (...names: readonly string[]) =>
  (before: string, after: string): string =>
    `${columns(...names)(before)} is distinct from ${columns(...names)(after)}`;

const column = (name: string) => (row: string) => `${row}.${name}`;
const text = (name: string) => (row: string) => `${row}.${name}::text`;

const users = (name: string): Pick<Watched, 'subject' | 'concerned'> => ({
  subject: ['User', column(name)],
  concerned: ['users', text(name)],
});
const customers = (name: string): Pick<Watched, 'subject' | 'concerned'> => ({
  subject: ['Customer', column(name)],
  concerned: ['customers', text(name)],
});

const unspent = (row: string): string => `${row}.used_at is null and ${row}.revoked_at is null`;

/** What `readSessionActor` and `readPartnerActor` read (services/identity/read-actor.ts). */
const WATCHED: readonly Watched[] = [
  { table: 'app_user', ...users('id'), matters: differ('id', 'active', 'role_id') },
  {
    table: 'role',
    subject: ['Role', column('id')],
    concerned: ['roles', column('name')],
    matters: differ('name', 'permissions'),
  },
  { table: 'operator', ...users('user_id'), matters: differ('id', 'user_id'), adds: true, truncated: true },
  {
    table: 'group_supervision',
    ...users('supervisor_id'),
    matters: differ('supervisor_id', 'group_id'),
    adds: true,
    truncated: true,
  },
  {
    table: 'customer',
    ...customers('id'),
    matters: (before, after) => `(${before}.status = 'CLOSED') is distinct from (${after}.status = 'CLOSED')`,
  },
  { table: 'login', ...users('user_id'), matters: differ('id', 'user_id', 'customer_id') },
  { table: 'login', ...customers('customer_id'), matters: differ('id', 'user_id', 'customer_id') },
  {
    table: 'partner_key',
    subject: ['PartnerKey', column('id')],
    concerned: ['partnerKeys', text('id')],
    matters: differ('id', 'token_hash', 'revoked_at', 'scopes'),
    truncated: true,
  },
  {
    table: 'refresh_token',
    subject: ['Login', column('login_id')],
    concerned: ['sessions', text('family')],
    // A use is looked at when its transaction ends: then the next token is there, or the session is over.
    matters: (before, after) =>
      `${unspent(before)} and (${after}.id is null or ${after}.revoked_at is not null
        or ${differ('family', 'login_id')(before, after)} or ${after}.expires_at < ${before}.expires_at)`,
    lossMatters: (before) => `${unspent(before)} and ${before}.expires_at > now()`,
    truncated: true,
  },
];

/**
 * The statement that gathers whom rows are of, each once.
 *
 * A full join, since that is never planned as a loop in a loop: its plan is kept, made for the one row of the first call.
 */
function gather(rows: string, condition: string, aliases: readonly string[], { subject, concerned }: Watched): string {
  const of = aliases.map((alias) => `(${subject[1](alias)}, ${concerned[1](alias)})`).join(', ');
  return `select array_agg(w.id order by w.name), array_agg(w.name order by w.name) into subjects, names from (
      select distinct w.id, w.name from ${rows} cross join lateral (values ${of}) w(id, name)
      where w.id is not null and ${condition}) w;`;
}

// Who was made in this very transaction, and never signed in, is known to nobody. An older user whose row this transaction
// changed is held by its lock: a sign-in writes to the row too, and so is either seen here or comes after.
const KNOWN_BEFORE = `not exists (select from app_user u where u.id = w.id and u.xmin = pg_current_xact_id()::xid
        and not exists (select from login l join refresh_token t on t.login_id = l.id where l.user_id = u.id))`;

/** The triggers of a table, for whole statements: a change of many rows is one event for a thousand of them. */
function watch(watched: Watched): string {
  const { table, subject, concerned, matters, lossMatters = () => 'true', adds, truncated } = watched;
  const name = `tell_access_by_${table}_${concerned[0].toLowerCase()}`;
  const trigger = (when: string, event: string, rows: string) =>
    `create trigger ${table}_${event}_tells_${concerned[0].toLowerCase()} ${when} ${event} on ${table} ${rows}
  for each statement execute function feed.${name}();\n`;
  const old = 'referencing old table as before';
  return `
create function feed.${name}() returns trigger language plpgsql as $$
declare
  subjects bigint[];
  names text[];
begin
  if tg_op = 'UPDATE' then
    ${gather('before b full join after a using (id)', `(${matters('b', 'a')})`, ['b', 'a'], watched)}
  elsif tg_op = 'DELETE' then
    ${gather('before b', lossMatters('b'), ['b'], watched)}
  elsif tg_op = 'INSERT' then
    ${gather('after a', KNOWN_BEFORE, ['a'], watched)}
  else
    ${gather(`${table} b`, lossMatters('b'), ['b'], watched)}
  end if;
  perform feed.tell_access('${subject[0]}', '${concerned[0]}', subjects, names);
  return null;
end $$;
${trigger('after', 'update', `${old} new table as after`)}${trigger('after', 'delete', old)}${
  adds ? trigger('after', 'insert', 'referencing new table as after') : ''
}${truncated ? trigger('before', 'truncate', '') : ''}`;
}

/**
 * Whose rights changed stands in the event log, written by the database itself: whatever changed them, what was recorded
 * before is read with the old rights and what comes after with the new. The signal is sent in the transaction, which takes
 * a lock at its commit that all such share; these are rare.
 */
export const ACCESS = `
create function feed.tell_access(subject_kind text, concerned text, subjects bigint[], names text[]) returns void
language plpgsql as $$
begin
  if subjects is null then
    return;
  end if;
  insert into feed.event (kind, subject_kind, subject_id, subject_version, actor, data)
    select 'access.changed', subject_kind, subjects[n], 1, 'database', jsonb_build_object(concerned, names[n : n + 999])
    from generate_series(1, cardinality(subjects), 1000) as n;
  perform pg_notify('feed', '');
end $$;
${WATCHED.map(watch).join('')}
create function feed.tell_access_by_used_token() returns trigger language plpgsql as $$
begin
  if not exists (select from refresh_token t where t.family = new.family and ${unspent('t')}) then
    perform feed.tell_access('Login', 'sessions', array[new.login_id], array[new.family::text]);
  end if;
  return null;
end $$;
create constraint trigger refresh_token_use_tells_sessions after update of used_at on refresh_token
  deferrable initially deferred for each row
  when (old.used_at is null and new.used_at is not null and new.revoked_at is null)
  execute function feed.tell_access_by_used_token();
`;
