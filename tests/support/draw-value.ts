import { type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType, isScalarType } from 'graphql';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import type { Draw } from './draw.js';
import { NONSENSE, type ValuePool } from './value-pool.js';

const KEYS_OF_NOBODY = ['999999999', '999999999999999999'];
const WRONG_IDS = ['', 'junk', 'Q3VzdG9tZXI6MA', 'Q3VzdG9tZXI6'];
const FORGED = [
  '1',
  '',
  'Infinity',
  'not an instant',
  '99999999999999999999999',
  '2026-09-01T00:00:00.000001Z',
  '\u0000',
];

/** Draws values for arguments: mostly such as rows have, now and then such as nobody should send. */
export class ValueDrawer {
  constructor(
    private readonly draw: Draw,
    private readonly pool: ValuePool,
  ) {}

  /**
   * A value of an input type, as JSON has it; never null.
   *
   * @param name of the argument that it is for, or of the input's field: `CallFilter.number`
   * @param kind of the object that an argument named `id` is asked for
   */
  value(type: GraphQLInputType, name: string, kind?: string): unknown {
    if (isNonNullType(type)) return this.value(type.ofType, name, kind);
    if (isListType(type)) {
      return Array.from({ length: this.draw.whole(0, 3) }, () => this.value(type.ofType, name, kind));
    }
    if (isEnumType(type)) return this.draw.one(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields());
      const drawn = fields.filter((field) => isNonNullType(field.type) || this.draw.chance(1.5 / fields.length));
      return Object.fromEntries(
        drawn.map((field) => [field.name, this.value(field.type, `${type.name}.${field.name}`)]),
      );
    }
    return this.#scalar(isScalarType(type) ? type.name : '', name, kind);
  }

  /** A size of a page: small mostly, none at all, all, and now and then one that is refused. */
  size(): number {
    if (this.draw.chance(0.01)) return this.draw.one([-1, 101, 2 ** 31 - 1]);
    return this.draw.chance(0.05) ? 100 : this.draw.whole(0, 4);
  }

  /** A cursor of an order such as `Call.STARTED_AT.DESC`, or what is none of it. */
  cursor(order: string): string {
    const own = this.pool.cursors(order);
    if (own.length > 0 && this.draw.chance(0.85)) return this.draw.one(own);
    if (this.draw.chance(0.5)) return '';
    if (this.draw.chance(0.3) && this.pool.orders.length > 0) {
      return this.draw.one(this.pool.cursors(this.draw.one(this.pool.orders)));
    }
    if (this.draw.chance(0.3)) return this.draw.one(NONSENSE);
    const position = [this.draw.one(FORGED), this.draw.one(FORGED)];
    return Buffer.from(JSON.stringify([order, ...position])).toString('base64url');
  }

  #scalar(type: string, name: string, kind: string | undefined): unknown {
    switch (type) {
      case 'Boolean':
        return this.draw.chance(0.5);
      case 'Int':
        return this.size();
      case 'ID':
        return this.#id(kind ?? kindOf(name) ?? this.draw.one(this.pool.kinds));
      case 'DateTimeISO':
      case 'LocalDate':
        return this.draw.one(this.pool.texts(type));
      default:
        return this.#text(name);
    }
  }

  #text(name: string): string {
    const known = this.pool.texts(name);
    return known.length === 0 || this.draw.chance(0.2) ? this.draw.one(NONSENSE) : this.draw.one(known);
  }

  #id(kind: string): string {
    const known = this.pool.ids(kind);
    if (known.length > 0 && this.draw.chance(0.93)) return this.draw.one(known);
    if (this.draw.chance(0.4)) return encodeId(kind, this.draw.one(KEYS_OF_NOBODY));
    if (this.draw.chance(0.5)) return this.draw.one(WRONG_IDS);
    return this.draw.one(this.pool.ids(this.draw.one(this.pool.kinds)));
  }
}

/** `customerId` and `CallFilter.customerId` are the id of a Customer; a subject may be of any kind. */
function kindOf(name: string): string | undefined {
  const match = /^(?:\w+\.)?(\w+)Id$/.exec(name);
  return match && match[1] !== 'subject' ? `${match[1]![0]!.toUpperCase()}${match[1]!.slice(1)}` : undefined;
}

/** A value as it stands in a document. */
export function literalOf(type: GraphQLInputType, value: unknown): string {
  if (value === null) return 'null';
  if (isNonNullType(type)) return literalOf(type.ofType, value);
  if (isListType(type)) return `[${(value as unknown[]).map((item) => literalOf(type.ofType, item)).join(', ')}]`;
  if (isEnumType(type)) return String(value);
  if (!isInputObjectType(type)) return JSON.stringify(value);
  const fields = type.getFields();
  const written = Object.entries(value as object).map(
    ([name, one]) => `${name}: ${literalOf(fields[name]!.type, one)}`,
  );
  return `{ ${written.join(', ')} }`;
}
