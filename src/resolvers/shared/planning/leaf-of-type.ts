import { type GraphQLLeafType, isEnumType } from 'graphql';
import type { Leaf } from '../../../services/shared/read/plan/leaf.js';

/** How the graph's own scalars are written in JSON; of these that are missing, the database writes none. */
const FORMS: Readonly<Record<string, Leaf['form']>> = {
  String: 'text',
  Cursor: 'word',
  EmailAddress: 'text',
  PhoneNumber: 'text',
  Currency: 'word',
  Decimal: 'word',
  Int: 'number',
  SafeInt: 'number',
  Boolean: 'boolean',
  DateTimeISO: 'instant',
  LocalDate: 'day',
};

const known = new WeakMap<GraphQLLeafType, Leaf>();

/** How values of a scalar or an enum are written. */
export function leafOfType(type: GraphQLLeafType): Leaf {
  let leaf = known.get(type);
  if (!leaf) {
    const form = isEnumType(type) ? 'word' : (FORMS[type.name] ?? 'other');
    leaf = { form, serialize: (value) => type.serialize(value) };
    known.set(type, leaf);
  }
  return leaf;
}
