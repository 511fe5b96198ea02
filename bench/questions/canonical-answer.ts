import type { Field, LeafKind } from './field.ts';
import { fieldOf, TYPES } from './fields.ts';
import { meantBy } from './global-id.ts';
import type { Operation, PageAsked, Selected } from './operation.ts';

/** What `data` of a GraphQL answer holds. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Plain = Readonly<Record<string, Json>>;

/** Whose words an answer is in. The floor answers in the product's. */
export type Dialect = 'product' | 'peer';

/** Types by PostGraphile's name, without those that stand in another's row and have no id. */
const OF_PEER = new Map(
  Object.entries(TYPES)
    .filter(([, { fields }]) => 'id' in fields)
    .map(([type, { peer }]) => [peer, type]),
);

/**
 * An answer's meaning, in the product's shape whoever gave it: ids as kind and key, instants as milliseconds, decimals
 * without zeros that mean nothing, cursors as whether there is one. Two answers are equal when these are.
 */
export function canonicalAnswer(dialect: Dialect, { root, fields }: Operation, data: Plain): Json {
  if (root.by === 'page') {
    const name = dialect === 'product' ? root.field : Object.keys(data)[0]!;
    return canonicalPage(dialect, root.type, root.page, fields, data[name]!, data);
  }
  return canonicalObject(dialect, root.type, fields, data[root.by === 'id' ? root.field : 'node']!, data);
}

function canonicalPage(
  dialect: Dialect,
  type: string,
  page: PageAsked,
  fields: readonly Selected[],
  value: Json,
  data: Plain,
): Json {
  const { nodes, pageInfo } = value as { nodes: readonly Json[]; pageInfo?: Plain };
  const canonical = nodes.map((node) => canonicalObject(dialect, type, fields, node, data));
  if (!page.info) return { nodes: canonical };
  return { nodes: canonical, more: pageInfo!.hasNextPage!, cursor: pageInfo!.endCursor !== null };
}

function canonicalObject(dialect: Dialect, type: string, fields: readonly Selected[], value: Json, data: Plain): Json {
  if (value === null) return null;
  const read = dialect === 'product' ? fromProduct : fromPeer;
  const known = value as Plain;
  return Object.fromEntries(
    fields.map((selected) => [selected.name, read(fieldOf(type, selected.name), selected, known, data)]),
  );
}

function fromProduct(field: Field, selected: Selected, object: Plain, data: Plain): Json {
  const value = object[selected.name]!;
  switch (field.is) {
    case 'leaf':
      return canonicalLeaf(field.kind, value);
    case 'money':
    case 'row-money':
      return canonicalMoney(value as Plain | null, 'amount');
    case 'list':
      return canonicalPage('product', field.type, selected.page!, selected.of ?? [], value, data);
    default:
      return canonicalObject('product', field.type, selected.of ?? [], value, data);
  }
}

function fromPeer(field: Field, selected: Selected, object: Plain, data: Plain): Json {
  const { of = [] } = selected;
  switch (field.is) {
    case 'leaf':
      return canonicalLeaf(field.kind, object[field.peer]!);
    case 'money':
      return canonicalMoney(object, field.peer.amount);
    case 'row-money':
      return canonicalMoney(object[field.peer.row] as Plain | null, field.peer.amount);
    case 'inline':
      return object[field.unless] === null ? null : canonicalObject('peer', field.type, of, object, data);
    case 'picked':
      return canonicalObject(
        'peer',
        field.type,
        of,
        (object[selected.name] as { nodes: Json[] }).nodes[0] ?? null,
        data,
      );
    case 'one':
      return canonicalObject('peer', field.type, of, object[field.peer]!, data);
    case 'list': {
      const list = field.condition === undefined ? object[field.peer]! : data[selected.name]!;
      return canonicalPage('peer', field.type, selected.page!, of, list, data);
    }
  }
}

function canonicalMoney(row: Plain | null, amount: string): Json {
  if (row === null || row[amount] === null) return null;
  return { amount: canonicalLeaf('decimal', row[amount]!), currency: row.currency! };
}

function canonicalLeaf(kind: LeafKind, value: Json): Json {
  if (value === null || kind === 'plain') return value;
  const text = String(value);
  if (kind === 'instant') return Date.parse(text);
  if (kind === 'decimal') return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return meantBy(text, (peer) => OF_PEER.get(peer) ?? peer);
}
