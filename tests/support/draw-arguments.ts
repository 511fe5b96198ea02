import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNamedType,
  isInputObjectType,
  isNonNullType,
  isRequiredArgument,
} from 'graphql';
import { READABLES } from '../../src/services/readables.js';
import type { Draw } from './draw.js';
import { literalOf, type ValueDrawer } from './draw-value.js';

/** Stands for a value that is left out. */
const ABSENT = Symbol('absent');

/** Draws the arguments of fields, as literals and as variables, and values for the variables. */
export class ArgumentDrawer {
  /** As they are declared in the operation. */
  readonly declarations: string[] = [];
  readonly variables: Record<string, unknown>[];

  /** @param runs how many times the operation is to be asked, each time with variables of its own */
  constructor(
    private readonly draw: Draw,
    private readonly values: ValueDrawer,
    private readonly runs: number,
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
    const texts: string[] = [];
    const orderBy = named.get('orderBy');
    if (orderBy && this.draw.chance(0.3)) texts.push(this.#orderBy(orderBy, orders));
    const write = (name: string, value: (run: number) => unknown) => texts.push(this.#write(named.get(name)!, value));
    for (const argument of field.args.filter(isRequiredArgument)) {
      write(argument.name, () => this.values.value(argument.type, argument.name));
    }
    const end = this.draw.one(['first', 'first', 'last', 'neither']);
    if (end !== 'neither') write(end, () => this.values.size());
    if (end === 'last' && this.draw.chance(0.02)) write('first', () => this.values.size());
    const cursor = (run: number) => this.values.cursor(`${kind}.${orders[run] ?? defaultOrderOf(kind)}`);
    if (this.draw.chance(0.3)) write('after', cursor);
    if (this.draw.chance(0.2)) write('before', cursor);
    const filter = named.get('filter');
    if (filter && this.draw.chance(0.35)) texts.push(this.#filter(filter));
    return texts;
  }

  /**
   * An order: as a variable, or in the document with a direction that is there, left out, or a variable.
   *
   * @param orders where the order of each run is put, for the cursors beside it; none where it is the list's own
   */
  #orderBy({ type }: GraphQLArgument, orders: (string | undefined)[]): string {
    const named = getNamedType(type) as GraphQLInputObjectType;
    const drawn = () => this.values.value(type, 'orderBy') as { field: string; direction: string };
    if (this.draw.chance(0.4)) {
      const variable = this.#variable(`${type}`, (run) => {
        if (this.draw.chance(0.2)) return this.draw.one([ABSENT, null]);
        const { field, direction } = drawn();
        orders[run] = `${field}.${direction}`;
        return { field, direction };
      });
      return `orderBy: ${variable}`;
    }
    const { field, direction } = drawn();
    const usual = String(named.getFields().direction!.defaultValue);
    const put = (run: number, one: string) => {
      orders[run] = `${field}.${one}`;
    };
    const form = this.draw.one(['whole', 'whole', 'short', 'variable']);
    for (let run = 0; run < this.runs; run += 1) put(run, form === 'whole' ? direction : usual);
    if (form === 'short') return `orderBy: { field: ${field} }`;
    if (form === 'whole') return `orderBy: { field: ${field}, direction: ${direction} }`;
    const variable = this.#variable('OrderDirection', (run) => {
      if (this.draw.chance(0.3)) return ABSENT;
      const one = this.draw.one(['ASC', 'DESC']);
      put(run, one);
      return one;
    });
    return `orderBy: { field: ${field}, direction: ${variable} }`;
  }

  /** A filter is one value, or an object in the document with variables among its fields. */
  #filter(argument: GraphQLArgument): string {
    const type = isNonNullType(argument.type) ? argument.type.ofType : argument.type;
    if (!isInputObjectType(type) || this.draw.chance(0.4)) {
      return this.#write(argument, () => this.values.value(type, 'filter'));
    }
    const fields = this.draw.some(Object.values(type.getFields()), this.draw.whole(0, 2));
    const written = fields.map((field) =>
      this.#write(field, () => this.values.value(field.type, `${type.name}.${field.name}`)),
    );
    return `filter: { ${written.join(', ')} }`;
  }

  #write(argument: Pick<GraphQLArgument, 'name' | 'type' | 'defaultValue'>, value: (run: number) => unknown): string {
    const { name, type } = argument;
    const nullable = !isNonNullType(type);
    if (this.draw.chance(0.4)) return `${name}: ${this.#asVariable(type, value)}`;
    return `${name}: ${nullable && this.draw.chance(0.1) ? 'null' : literalOf(type, value(0))}`;
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
