import { sql } from 'kysely';
import { newKeys } from '../shared/database/new-keys.js';
import type { Work } from '../shared/database/work.js';
import { directionOf, type Parties } from './call-legs.js';
import type { ReadCall } from './new-call.js';

/** A call to insert. */
export interface CallToInsert {
  readonly call: ReadCall;
  readonly parties: Parties;
}

/** What tells a call from all others, as one text. */
export function identityOf({ exchange, externalId }: Pick<ReadCall, 'exchange' | 'externalId'>): string {
  return JSON.stringify([exchange, externalId]);
}

/** The keys of those calls that are recorded already, by their identity. */
export async function findRecorded(
  work: Work,
  calls: readonly Pick<ReadCall, 'exchange' | 'externalId'>[],
): Promise<Map<string, string>> {
  if (calls.length === 0) return new Map();
  const rows = await work.rows<{ id: string; exchange: string; externalId: string }>(sql`
    select c.id, c.exchange, c.external_id as "externalId" from call c
    join unnest(${calls.map((call) => call.exchange)}::text[], ${calls.map((call) => call.externalId)}::text[])
      as wanted(exchange, external_id) on c.exchange = wanted.exchange and c.external_id = wanted.external_id`);
  return new Map(rows.map((row) => [identityOf(row), row.id]));
}

function toRecord(id: string, { call, parties }: CallToInsert) {
  const { caller, called, redirectedTo } = parties;
  return {
    id,
    exchange: call.exchange,
    external_id: call.externalId,
    direction: directionOf(parties),
    status: call.status,
    caller_number: call.caller,
    caller_contract_id: caller.contractId,
    caller_customer_id: caller.customerId,
    caller_operator_id: caller.operatorId,
    called_number: call.called,
    called_contract_id: called.contractId,
    called_customer_id: called.customerId,
    called_operator_id: called.operatorId,
    redirected_to_number: call.redirectedTo,
    redirected_to_customer_id: redirectedTo.customerId,
    redirected_to_operator_id: redirectedTo.operatorId,
    started_at: call.startedAt,
    answered_at: call.answeredAt,
    ended_at: call.endedAt,
    duration_seconds: call.durationSeconds,
  };
}

/**
 * Inserts calls in one statement, with keys that ascend in their order.
 *
 * A call that another transaction is inserting is waited for. They are inserted in the order of their identities, so
 * that two transactions with the same calls never wait for each other.
 *
 * @returns for each its key, or undefined where another transaction recorded it first
 */
export async function insertCalls(work: Work, calls: readonly CallToInsert[]): Promise<(string | undefined)[]> {
  if (calls.length === 0) return [];
  const ids = await newKeys(work, 'call', calls.length);
  const records = calls.map((call, i) => toRecord(ids[i]!, call));
  const inserted = await work.rows<{ id: string }>(sql`
    insert into call (id, exchange, external_id, direction, status, caller_number, caller_contract_id,
      caller_customer_id, caller_operator_id, called_number, called_contract_id, called_customer_id,
      called_operator_id, redirected_to_number, redirected_to_customer_id, redirected_to_operator_id, started_at,
      answered_at, ended_at, duration_seconds)
    select * from json_to_recordset(${JSON.stringify(records)}::json) as r(id bigint, exchange text, external_id text,
      direction text, status text, caller_number text, caller_contract_id bigint, caller_customer_id bigint,
      caller_operator_id bigint, called_number text, called_contract_id bigint, called_customer_id bigint,
      called_operator_id bigint, redirected_to_number text, redirected_to_customer_id bigint,
      redirected_to_operator_id bigint, started_at timestamptz, answered_at timestamptz, ended_at timestamptz,
      duration_seconds integer)
    order by exchange collate "C", external_id collate "C"
    on conflict (exchange, external_id) do nothing returning id`);
  const made = new Set(inserted.map(({ id }) => id));
  return ids.map((id) => (made.has(id) ? id : undefined));
}
