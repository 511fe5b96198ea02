import type { Operation } from '../../questions/operation.ts';
import { fields, list, one } from '../../questions/select.ts';
import { drawRows, type Material } from '../material.ts';
import type { Question } from '../question.ts';

const PAGES = 128;

/** Twenty customers, each with contracts, each with SIM and tariff. */
export const PAGE: Operation = {
  name: 'Page',
  root: { by: 'page', type: 'Customer', field: 'customers', page: { first: 20, order: 'NAME_ASC', after: true } },
  fields: fields(
    'id name status email lastPaymentAt createdAt',
    list(
      'contracts',
      { first: 20, order: 'CREATED_AT_ASC' },
      fields(
        'id number msisdn status activatedAt createdAt',
        one('sim', fields('id iccid status activatedAt')),
        one('tariff', fields('id name active')),
      ),
    ),
  ),
};

/** Pages from all over the list of customers. */
export async function pageQuestions(material: Material): Promise<Question[]> {
  const rows = await drawRows<{ key: string; name: string; email: string }>(
    material,
    `select id as key, name, email from customer where email is not null order by random() limit ${PAGES}`,
  );
  const questions: Question[] = [];
  for (const { key, name, email } of rows) {
    const after = await material.cursors.find({ type: 'Customer', key, email }, 'NAME_ASC');
    questions.push({ operation: PAGE, values: { after }, floor: { statement: 'page', values: [name, key] } });
  }
  return questions;
}
