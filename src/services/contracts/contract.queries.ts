import { sql } from 'kysely';
import { Contract } from '../../entities/contracts/contract.entity.js';
import type { ContractStatus } from '../../entities/contracts/contract-status.enum.js';
import { readPhoneNumber } from '../shared/phone/phone-number.js';
import { choice, filter, idFilter } from '../shared/read/filter.js';
import { readable } from '../shared/read/readable.js';
import type { ChildCondition } from '../shared/read/reads/to-one.js';
import { visibleContracts } from './contract.policy.js';

/** How contracts are read. */
export const contracts = readable({
  kind: 'Contract',
  entity: Contract,
  visible: visibleContracts,
  filters: {
    status: choice<ContractStatus>((status) => sql`t.status = ${status}`),
    number: filter<string>((number) => sql`t.number = ${number}`),
    msisdn: filter(
      (number) => sql`t.msisdn = ${number}`,
      (text: string) => readPhoneNumber(text) ?? '',
    ),
    customerId: idFilter('Customer', (key) => sql`t.customer_id = ${key}`),
    tariffId: idFilter('Tariff', (key) => sql`t.tariff_id = ${key}`),
  },
  orders: { NUMBER: ['number'], CREATED_AT: ['createdAt'] },
  defaultOrder: { field: 'CREATED_AT', direction: 'ASC' },
});

/** Of the contracts that a SIM stood in, the one that has not ended: there is at most one. */
export const LIVE: ChildCondition = { name: 'live', where: sql`t.status not in ('CLOSED', 'CANCELLED')` };
