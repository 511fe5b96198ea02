import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isInputObjectType,
  isNonNullType,
} from 'graphql';
import { READABLES } from '../../src/services/readables.js';
import type { Draw } from './draw.js';
import { literalOf, type ValueDrawer } from './draw-value.js';

/** Stands for a value that is left out. */
const ABSENT = Symbol('absent');

interface DrawnOrder {
  readonly field: string;
  readonly direction: string;
}

/** Draws the arguments of fields, as literals and as variables, and values for the variables. */
export class ArgumentDrawer {
  /** As they are declared in the operation. */
  readonly declarations: string[] = [];
  readonly variables: Record<string, unknown>[];

  /** @param runs how many times the operation is to be asked, each time with variables of its own */
  constructor(
    private readonly draw: Draw,
    private readonly values: ValueDrawer,
    runs: number,
  ) {
    this.variables = Array.from({ length: runs }, () => ({}));
  }

  /** `(first: 2, after: $v1)`, or nothing. */
  of(field: GraphQLField<unknown, unknown>): string {
    const isList = field.args.some(({ name }) => name === 'after');
    const texts = isList ? this.#ofList(field) : this.#ofOther(field);
    return texts.length === 0 ? '' : `(${texts.join(', ')})`;
  }

  /** `@skip(if: $v1)`, or nothing. */
  directive(): string {
    if (!this.draw.chance(0.12)) return '';
    const condition = this.draw.chance(0.5)
      ? String(this.draw.chance(0.5))
      : this.#variable(this.draw.chance(0.8) ? 'Boolean! = true' : 'Boolean = false', () =>
          this.draw.chance(0.1) ? ABSENT : this.draw.chance(0.5),
        );
    return ` @${this.draw.one(['skip', 'include'])}(if: ${condition})`;
  }

  #ofOther(field: GraphQLField<unknown, unknown>): string[] {
    const kind = getNamedType(field.type).name;
    return field.args
      .filter((argument) => isNonNullType(argument.type) || this.draw.chance(0.5))
      .map((argument) =>
        this.#write(argument, () =>
          this.values.value(argument.type, argument.name, READABLES.has(kind) ? kind : undefined),
        ),
      );
  }

  #ofList(field: GraphQLField<unknown, unknown>): string[] {
    const named = new Map(field.args.map((argument) => [argument.name, argument]));
    const kind = getNamedType(field.type).name.replace(/Connection$/, '');
    const orders: (string | undefined)[] = [];
    const drawn = new Map<string, (run: number) => unknown>();
    if (this.draw.chance(0.3)) drawn.set('orderBy', (run) => this.#order(named.get('orderBy'), orders, run));
    const end = this.draw.one(['first', 'first', 'last', 'neither', 'both']);
    if (end === 'first' || end === 'both') drawn.set('first', () => this.values.size());
    if (end === 'last' || (end === 'both' && this.draw.chance(0.1))) drawn.set('last', () => this.values.size());
    const order = (run: number) => `${kind}.${orders[run] ?? orders[0] ?? defaultOrderOf(kind)}`;
    if (this.draw.chance(0.3)) drawn.set('after', (run) => this.values.cursor(order(run)));
    if (this.draw.chance(0.2)) drawn.set('before', (run) => this.values.cursor(order(run)));
    if (this.draw.chance(0.35)) drawn.set('filter', () => ABSENT);
    return [...drawn].flatMap(([name, value]) => {
      const argument = named.get(name);
      return argument ? [name === 'filter' ? this.#filter(argument) : this.#write(argument, value)] : [];
    });
  }

  /** Remembers which order was drawn, for the cursors beside it. */
  #order(argument: GraphQLArgument | undefined, orders: (string | undefined)[], run: number): unknown {
    if (!argument) return ABSENT;
    const value = this.values.value(argument.type, 'orderBy') as DrawnOrder;
    orders[run] = `${value.field}.${value.direction}`;
    return value;
  }

  /** A filter is one value, or an object in the document with variables among its fields. */
  #filter(argument: GraphQLArgument): string {
    const type = isNonNullType(argument.type) ? argument.type.ofType : argument.type;
    if (!isInputObjectType(type) || this.draw.chance(0.4)) {
      return this.#write(argument, () => this.values.value(type, 'filter'));
    }
    const fields = this.draw.some(Object.values(type.getFields()), this.draw.whole(0, 2));
    const written = fields.map((field) => this.#write(field, () => this.values.value(field.type, field.name)));
    return `filter: { ${written.join(', ')} }`;
  }

  #write(argument: Pick<GraphQLArgument, 'name' | 'type' | 'defaultValue'>, value: (run: number) => unknown): string {
    const { name, type } = argument;
    const nullable = !isNonNullType(type);
    if (this.draw.chance(0.4)) return `${name}: ${this.#asVariable(type, value)}`;
    const drawn = value(0);
    if (name === 'orderBy') return `orderBy: ${this.#orderLiteral(type, drawn as DrawnOrder)}`;
    return `${name}: ${nullable && this.draw.chance(0.1) ? 'null' : literalOf(type, drawn)}`;
  }

  /** An order whose direction is left out, or comes as a variable, now and then. */
  #orderLiteral(type: GraphQLInputType, order: DrawnOrder): string {
    if (this.draw.chance(0.6)) return literalOf(type, order);
    if (this.draw.chance(0.5)) return `{ field: ${order.field} }`;
    const direction = this.#variable('OrderDirection', () => this.draw.one([ABSENT, order.direction, order.direction]));
    return `{ field: ${order.field}, direction: ${direction} }`;
  }

  #asVariable(type: GraphQLInputType, value: (run: number) => unknown): string {
    if (!isNonNullType(type)) {
      const preset = this.draw.chance(0.2) ? ` = ${literalOf(type, value(0))}` : '';
      return this.#variable(`${type}${preset}`, (run) => {
        if (this.draw.chance(0.12)) return ABSENT;
        return this.draw.chance(0.1) ? null : value(run);
      });
    }
    // A nullable variable with a default may stand where null may not.
    const loose = this.draw.chance(0.15);
    if (!loose) return this.#variable(`${type}`, value);
    return this.#variable(`${type.ofType} = ${literalOf(type, value(0))}`, (run) =>
      this.draw.chance(0.2) ? ABSENT : value(run),
    );
  }

  #variable(type: string, value: (run: number) => unknown): string {
    const name = `v${this.declarations.length}`;
    this.declarations.push(`$${name}: ${type}`);
    for (const [run, variables] of this.variables.entries()) {
      const drawn = value(run);
      if (drawn !== ABSENT) variables[name] = drawn;
    }
    return `$${name}`;
  }
}

function defaultOrderOf(kind: string): string {
  const { field, direction } = READABLES.get(kind)?.defaultOrder ?? { field: 'LINE', direction: 'ASC' };
  return `${field}.${direction}`;
}
