import { sql } from 'kysely';
import type { AccountKind } from '../../entities/billing/account-kind.enum.js';
import type { Work } from '../shared/database/work.js';

/**
 * The key of the company's own account of a kind, in the organisation's currency; made when it is first needed.
 *
 * Of transactions that make it at the same time one does, the others wait for it and take the same.
 */
export async function companyAccountId(work: Work, kind: Exclude<AccountKind, AccountKind.CONTRACT>): Promise<string> {
  const { currency } = work.settings;
  const find = async () =>
    (await work.rows<{ id: string }>(sql`select id from account where kind = ${kind} and currency = ${currency}`))[0];
  const known = await find();
  if (known) return known.id;
  const made = await work.rows<{ id: string }>(sql`
    insert into account (kind, currency) values (${kind}, ${currency})
    on conflict (kind, currency) where kind <> 'CONTRACT' do nothing returning id`);
  return (made[0] ?? (await find()))!.id;
}
