import type { Operation } from '../../questions/operation.ts';
import { fields, list, one } from '../../questions/select.ts';
import { drawRows, type Material } from '../material.ts';
import type { Question } from '../question.ts';

const CUSTOMERS = 256;

/** What is shown of a call's charge. */
export const CHARGE = one('charge', fields('id freeReason billedSeconds amount'));

/** One customer: contracts with SIM, tariff, balance; the last ten calls with charge; the last ten payments. */
export const CARD: Operation = {
  name: 'Card',
  root: { by: 'id', type: 'Customer', field: 'customer' },
  fields: fields(
    'id name status email lastPaymentAt createdAt',
    list(
      'contracts',
      { first: 20, order: 'CREATED_AT_ASC' },
      fields(
        'id number msisdn status activatedAt balance',
        one('sim', fields('id iccid status')),
        one('tariff', fields('id name')),
      ),
    ),
    list(
      'calls',
      { first: 10, order: 'STARTED_AT_DESC' },
      fields(
        'id direction status startedAt durationSeconds',
        one('caller', fields('number')),
        one('called', fields('number')),
        CHARGE,
      ),
    ),
    list('payments', { first: 10, order: 'RECEIVED_AT_DESC' }, fields('id amount method status receivedAt')),
  ),
};

/**
 * Customers who have called: whoever looks at a card has most often just been called by its customer, so that busy
 * ones come more often. Half of them have talked to the operator who asks.
 */
export async function cardQuestions(material: Material): Promise<Question[]> {
  const rows = await drawRows<{ key: string }>(
    material,
    `(select caller_customer_id as key from call tablesample system (20) repeatable (1)
      where called_operator_id = $1 and caller_customer_id is not null order by random() limit ${CUSTOMERS / 2})
    union all
    (select caller_customer_id from call tablesample system (2) repeatable (1)
      where caller_customer_id is not null order by random() limit ${CUSTOMERS / 2})`,
    [material.operatorKey],
  );
  const mixed = material.random.some(rows, rows.length);
  return mixed.map(({ key }) => ({ operation: CARD, values: { key }, floor: { statement: 'card', values: [key] } }));
}
