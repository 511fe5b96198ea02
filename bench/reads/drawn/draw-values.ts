import { fieldOf } from '../../questions/fields.ts';
import { productId } from '../../questions/global-id.ts';
import type { FilterValue, Operation, PageAsked, Selected, Values } from '../../questions/operation.ts';
import type { Random } from '../../shared/random.ts';
import { dayFilter, days, periodFilter } from '../days.ts';

/** Keys to ask for. */
export interface Pools {
  /** Of customers who call. */
  readonly customers: readonly string[];
  readonly operators: readonly string[];
  readonly tariffs: readonly string[];
}

const STATUSES: Readonly<Record<string, readonly string[]>> = {
  Customer: ['ACTIVE', 'ACTIVE', 'SUSPENDED', 'BLOCKED', 'CLOSED'],
  Contract: ['ACTIVE', 'ACTIVE', 'SUSPENDED', 'CLOSED', 'ACCEPTED'],
  Call: ['COMPLETED', 'COMPLETED', 'MISSED', 'REJECTED', 'REDIRECTED'],
};

const same = (value: string): FilterValue => ({ product: [value], peer: [value] });
const keyed = (type: string, key: string): FilterValue => ({ product: [productId(type, key)], peer: [key] });

/** Draws what the filters of an operation ask for, all but `after` and the key at the root. */
export function drawFilterValues(random: Random, { root, fields }: Operation, pools: Pools): Values['filters'] {
  const values: Record<string, FilterValue> = {};
  const ofPage = (type: string, page: PageAsked, path: readonly string[]) => {
    for (const filter of page.filters ?? [])
      values[[...path, filter].join('.')] = drawValue(random, type, filter, pools);
  };
  const walk = (type: string, selected: readonly Selected[], path: readonly string[]) => {
    for (const { name, page, of } of selected) {
      const field = fieldOf(type, name);
      if (!('type' in field)) continue;
      if (page) ofPage(field.type, page, [...path, name]);
      walk(field.type, of ?? [], [...path, name]);
    }
  };
  if (root.by === 'page') ofPage(root.type, root.page, []);
  walk(root.type, fields, []);
  return values;
}

function drawValue(random: Random, type: string, filter: string, pools: Pools): FilterValue {
  switch (filter) {
    case 'status':
      return same(random.pick(STATUSES[type]!));
    case 'leg':
      return same(random.pick(['CALLER', 'ONWARD']));
    case 'day':
      return dayFilter(random.pick(days()));
    case 'period':
      return periodFilter(random.whole(0, 50), random.whole(1, 30));
    case 'customer':
      return keyed('Customer', random.pick(pools.customers));
    case 'operator':
      return keyed('Operator', random.pick(pools.operators));
    case 'tariff':
      return keyed('Tariff', random.pick(pools.tariffs));
    default:
      throw new Error(`Nothing is known to ask the filter ${type}.${filter} for.`);
  }
}
