/** What the entities cannot declare: states that the database refuses whatever the code above it does. */
export const GUARDS = `
create extension if not exists btree_gist;

alter table sim_binding add constraint sim_binding_one_contract exclude using gist (sim_id with =, tstzrange(bound_from, bound_until) with &&);
alter table sim_binding add constraint sim_binding_one_sim exclude using gist (contract_id with =, tstzrange(bound_from, bound_until) with &&);
alter table number_holding add constraint number_holding_one_holder exclude using gist (msisdn with =, tstzrange(held_from, held_until) with &&);
alter table contract_tariff add constraint contract_tariff_one_tariff exclude using gist (contract_id with =, tstzrange(valid_from, valid_until) with &&);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is never changed or deleted', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger ledger_entry_is_kept before update or delete or truncate on ledger_entry for each statement execute function refuse_change();
create trigger posting_is_kept before update or delete or truncate on posting for each statement execute function refuse_change();
create trigger charge_is_kept before update or delete or truncate on charge for each statement execute function refuse_change();
create trigger tariff_version_is_kept before update or delete or truncate on tariff_version for each statement execute function refuse_change();

-- The postings of an entry come in one statement: what a statement adds leaves every entry it touches at zero.
-- A function's plans are kept for the session: made while the tables are all but empty, they would go on reading them
-- from end to end when they are not. So these are bound to the indexes.
create function apply_postings() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  if exists (
    select from (select distinct entry_id from added) e
    cross join lateral (
      select from posting p join account a on a.id = p.account_id
      where p.entry_id = e.entry_id group by a.currency having sum(p.amount) <> 0
    ) unbalanced
  ) then
    raise exception 'the postings of an entry must sum to zero' using errcode = 'check_violation', constraint = 'ledger_entry_balanced';
  end if;
  update account a set balance = a.balance + s.amount
    from (select account_id, sum(amount) as amount from added group by account_id) s
    where a.id = s.account_id and a.kind = 'CONTRACT';
  return null;
end $$;
create trigger posting_applies after insert on posting referencing new table as added for each statement execute function apply_postings();

create function refuse_empty_entry() returns trigger language plpgsql set enable_seqscan = off as $$
begin
  if not exists (select from posting where entry_id = new.id) then
    raise exception 'an entry has postings' using errcode = 'check_violation', constraint = 'ledger_entry_not_empty';
  end if;
  return null;
end $$;
create constraint trigger ledger_entry_has_postings after insert on ledger_entry deferrable initially deferred for each row execute function refuse_empty_entry();

create function refuse_balance() returns trigger language plpgsql as $$
begin
  raise exception 'a balance is changed by postings only' using errcode = 'restrict_violation';
end $$;
create trigger account_balance_follows_postings before update of balance on account for each row
  when (pg_trigger_depth() = 0 and old.balance is distinct from new.balance) execute function refuse_balance();
create trigger account_balance_starts_at_zero before insert on account for each row
  when (new.balance <> 0) execute function refuse_balance();

-- A contract's account goes with the contract: same owner, and never another currency or kind once money moved.
create trigger account_is_what_it_was before update of kind, contract_id, currency on account for each row
  when ((old.kind, old.contract_id, old.currency) is distinct from (new.kind, new.contract_id, new.currency)) execute function refuse_change();
`;
