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

-- The postings of an entry come in one statement: they sum to zero, and an entry that has some gets no more.
-- A function's plans are kept for the session: made while the tables are all but empty, they would go on reading them
-- from end to end when they are not. So these are bound to the indexes.
create function apply_postings() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  if exists (
    select from added p join account a on a.id = p.account_id
    group by p.entry_id, a.currency having sum(p.amount) <> 0
  ) then
    raise exception 'the postings of an entry must sum to zero' using errcode = 'check_violation', constraint = 'ledger_entry_balanced';
  end if;
  if exists (
    select from (select entry_id, count(*) as postings from added group by entry_id) e
    where e.postings <> (select count(*) from posting p where p.entry_id = e.entry_id)
  ) then
    raise exception 'an entry that has postings gets no more' using errcode = 'restrict_violation', constraint = 'ledger_entry_complete';
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

-- An account stays the account of its contract, in its currency.
create trigger account_is_what_it_was before update of kind, contract_id, currency on account for each row
  when ((old.kind, old.contract_id, old.currency) is distinct from (new.kind, new.contract_id, new.currency)) execute function refuse_change();

-- A payment says for good what its entry posted; its state may go on.
create trigger payment_is_kept before delete or truncate on payment for each statement execute function refuse_change();
create trigger payment_is_what_was_posted before update of contract_id, amount, currency, entry_id, received_at on payment for each row
  when ((old.contract_id, old.amount, old.currency, old.entry_id, old.received_at)
    is distinct from (new.contract_id, new.amount, new.currency, new.entry_id, new.received_at)) execute function refuse_change();

-- A call is what it was charged for.
create trigger call_is_kept before delete or truncate on call for each statement execute function refuse_change();
create trigger call_is_what_was_charged before update of exchange, external_id, status, started_at, duration_seconds on call for each row
  when ((old.exchange, old.external_id, old.status, old.started_at, old.duration_seconds)
    is distinct from (new.exchange, new.external_id, new.status, new.started_at, new.duration_seconds)) execute function refuse_change();
`;
