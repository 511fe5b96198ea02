import { sql } from 'kysely';
import { Contract } from '../../entities/contracts/contract.entity.js';
import type { ContractStatus } from '../../entities/contracts/contract-status.enum.js';
import { keyOf } from '../shared/ids/global-id.js';
import { readPhoneNumber } from '../shared/phone/phone-number.js';
import { readable } from '../shared/read/readable.js';
import type { Reader } from '../shared/read/reader.js';
import type { Row } from '../shared/read/row.js';
import { visibleContracts } from './contract.policy.js';

/** How contracts are read. */
export const contracts = readable({
  kind: 'Contract',
  entity: Contract,
  visible: visibleContracts,
  filters: {
    status: (status: ContractStatus) => sql`t.status = ${status}`,
    number: (number: string) => sql`t.number = ${number}`,
    msisdn: (number: string) => sql`t.msisdn = ${readPhoneNumber(number) ?? ''}`,
    customerId: (id: string) => sql`t.customer_id = ${keyOf('Customer', id, ['filter', 'customerId'])}`,
    tariffId: (id: string) => sql`t.tariff_id = ${keyOf('Tariff', id, ['filter', 'tariffId'])}`,
  },
  orders: { NUMBER: ['number'], CREATED_AT: ['createdAt'] },
  defaultOrder: { field: 'CREATED_AT', direction: 'ASC' },
});

/** The contract that a SIM stands in: of those that have not ended, at most one. */
export function contractOfSim(reader: Reader, simId: string): Promise<Row<Contract> | null> {
  return reader.byUnique(contracts, 'sim', simId, sql`t.status not in ('CLOSED', 'CANCELLED')`, 'live');
}
