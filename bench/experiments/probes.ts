import { productId } from '../questions/global-id.ts';

const ID = productId('Customer', '77');
const PAGE = `customers(first: 2, orderBy: { field: NAME, direction: ASC })`;

const probe = (query: string, variables: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify({ query, variables });

/**
 * Requests that a compiled executor is known to get wrong, beside those that are timed: conditions, fragments, errors
 * and where they stand, variables that are none or are given differently to one document.
 */
export const PROBES: readonly string[] = [
  probe(`query A($x: Boolean!) { ${PAGE} { nodes { id name @include(if: $x) email @skip(if: $x) } } }`, { x: true }),
  probe(`query A($x: Boolean!) { ${PAGE} { nodes { id name @include(if: $x) email @skip(if: $x) } } }`, { x: false }),
  probe(`query A($x: Boolean = true) { ${PAGE} { nodes { ... @include(if: $x) { id } ...F } } }
    fragment F on Customer { name contracts(first: 1) { nodes { id } } }`),
  probe(`query A($n: Int) { customers(first: $n) { nodes { __typename one: id two: id } } }`, { n: 3 }),
  probe(`query A($n: Int) { customers(first: $n) { nodes { __typename one: id two: id } } }`, { n: null }),
  probe(`query A($n: Int) { customers(first: $n) { nodes { __typename one: id two: id } } }`),
  probe(`query A($n: Int) { customers(first: $n) { nodes { __typename one: id two: id } } }`, { n: 'three' }),
  probe(`query A($n: Int!) { customers(first: $n) { nodes { id } } }`),
  probe(`query A($f: CustomerFilter) { customers(first: 3, filter: $f) { nodes { status } } }`, {
    f: { status: 'ACTIVE' },
  }),
  probe(`query A($f: CustomerFilter) { customers(first: 3, filter: $f) { nodes { status } } }`, {
    f: { status: 'NOBODY' },
  }),
  probe(`query A($f: CustomerFilter) { customers(first: 3, filter: $f) { nodes { status } } }`, { f: { nothing: 1 } }),
  probe(`query A($id: ID!) { node(id: $id) { __typename id ... on Customer { name } ... on Call { status } } }`, {
    id: ID,
  }),
  probe(`query A($id: ID!) { node(id: $id) { __typename id ... on Customer { name } ... on Call { status } } }`, {
    id: 'no id',
  }),
  probe(`query A($id: ID!) { one: customer(id: $id) { name } two: customer(id: "${ID}") { name } }`, { id: 'no id' }),
  probe(`{ ${PAGE} { nodes { id contracts(first: 1, after: "no cursor") { nodes { id } } } } }`),
  probe(`{ customers(first: -1) { nodes { id } } }`),
  probe(`{ ${PAGE} { nodes { nothing } } }`),
  probe(`{ __schema { queryType { name } } __type(name: "Money") { name fields { name type { kind name } } } }`),
  probe(`{ viewer { __typename } ${PAGE} { totalCount edges { cursor node { id } } pageInfo { hasNextPage } } }`),
];
