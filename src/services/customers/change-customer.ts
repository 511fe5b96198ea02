import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import type { NewCustomer } from './customer-input.js';
import { customerChanged } from './customers.events.js';

interface Known extends NewCustomer {
  readonly id: string;
}

/**
 * Brings a customer's name and e-mail up to what a list says; an e-mail that it leaves out stays as it is.
 *
 * A company stays a company: the name in the list is its name then.
 *
 * @returns whether anything was different
 */
export async function changeCustomer(work: Work, id: string, listed: NewCustomer): Promise<boolean> {
  const [known] = await work.rows<Known>(sql`
    select id, name, last_name as "lastName", first_name as "firstName", patronymic, company_name as "companyName", email
    from customer where id = ${id} for no key update`);
  const wanted = known!.companyName === null ? listed : asCompany(listed);
  const changed = [
    ...(known!.name === wanted.name ? [] : ['name']),
    ...(wanted.email === null || known!.email === wanted.email ? [] : ['email']),
  ];
  if (changed.length === 0) return false;
  const [row] = await work.rows<{ version: number }>(sql`
    update customer set name = ${wanted.name}, last_name = ${wanted.lastName}, first_name = ${wanted.firstName},
      patronymic = ${wanted.patronymic}, company_name = ${wanted.companyName},
      email = ${wanted.email ?? known!.email}, version = version + 1
    where id = ${id} returning version`);
  const after = { ...wanted, email: wanted.email ?? known!.email };
  await work.record([customerChanged(id, row!.version, changed, [known!, after])]);
  return true;
}

function asCompany({ name, email }: NewCustomer): NewCustomer {
  return { name, lastName: null, firstName: null, patronymic: null, companyName: name, email };
}
