/** An argument of a filter: its name, and its type in the graph that it belongs to. */
export type Argument = readonly [name: string, type: string];

/** A filter, which may be several arguments on either side. */
export interface Filter {
  readonly product: readonly Argument[];
  readonly peer: readonly Argument[];
}

/** How pages of a type are ordered and filtered, in the product's terms and in PostGraphile's. */
export interface ListTerms {
  /** PostGraphile's list of all. */
  readonly peerRoot: string;
  /** By name: the field and direction of the product's order, and PostGraphile's, which ends with the key as ours do. */
  readonly orders: Readonly<Record<string, { readonly product: string; readonly peer: string }>>;
  readonly filters: Readonly<Record<string, Filter>>;
}

const orders = (...fields: readonly string[]): ListTerms['orders'] =>
  Object.fromEntries(
    fields.flatMap((field) =>
      ['ASC', 'DESC'].map((direction) => [
        `${field}_${direction}`,
        {
          product: `{field: ${field}, direction: ${direction}}`,
          peer: `[${field}_${direction}, ROW_ID_${direction}]`,
        },
      ]),
    ),
  );

const CALL_PERIOD: Filter = {
  product: [
    ['startedFrom', 'DateTimeISO'],
    ['startedBefore', 'DateTimeISO'],
  ],
  peer: [
    ['startedFrom', 'Datetime'],
    ['startedBefore', 'Datetime'],
  ],
};

const CALL_DAY: Filter = {
  product: [
    ['fromDay', 'LocalDate'],
    ['toDay', 'LocalDate'],
  ],
  peer: CALL_PERIOD.peer,
};

/** The lists of the graph that PostGraphile has too. */
export const LISTS: Readonly<Record<string, ListTerms>> = {
  Customer: {
    peerRoot: 'allCustomers',
    orders: orders('NAME', 'CREATED_AT'),
    filters: { status: { product: [['status', 'CustomerStatus']], peer: [['status', 'String']] } },
  },
  Contract: {
    peerRoot: 'allContracts',
    orders: orders('CREATED_AT', 'NUMBER'),
    filters: {
      status: { product: [['status', 'ContractStatus']], peer: [['status', 'String']] },
      tariff: { product: [['tariffId', 'ID']], peer: [['tariffId', 'BigInt']] },
    },
  },
  Payment: {
    peerRoot: 'allPayments',
    orders: orders('RECEIVED_AT'),
    filters: {
      period: {
        product: [
          ['receivedFrom', 'DateTimeISO'],
          ['receivedBefore', 'DateTimeISO'],
        ],
        peer: [
          ['receivedFrom', 'Datetime'],
          ['receivedBefore', 'Datetime'],
        ],
      },
    },
  },
  Charge: {
    peerRoot: 'allCharges',
    orders: orders('STARTED_AT'),
    filters: { leg: { product: [['leg', 'ChargeLeg']], peer: [['leg', 'String']] } },
  },
  TariffVersion: { peerRoot: 'allTariffVersions', orders: orders('VALID_FROM'), filters: {} },
  Call: {
    peerRoot: 'allCalls',
    orders: orders('STARTED_AT'),
    filters: {
      status: { product: [['status', 'CallStatus']], peer: [['status', 'String']] },
      day: CALL_DAY,
      period: CALL_PERIOD,
      customer: { product: [['customerId', 'ID']], peer: [['customer', 'BigInt']] },
      operator: { product: [['operatorId', 'ID']], peer: [['operator', 'BigInt']] },
    },
  },
};

/** @throws Error for a type of which there are no lists */
export function listTermsOf(type: string): ListTerms {
  const terms = LISTS[type];
  if (!terms) throw new Error(`There is no list of ${type}.`);
  return terms;
}
