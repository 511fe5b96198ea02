import type { List } from './field.ts';
import { fieldOf, TYPES } from './fields.ts';
import { peerId } from './global-id.ts';
import { listTermsOf } from './lists.ts';
import type { GraphqlRequest, Operation, PageAsked, Selected, Values } from './operation.ts';
import { Variables } from './variables.ts';

const PAGE_INFO = 'pageInfo { hasNextPage endCursor }';

/** The lists that show an operator only what they took part in; the others see it all. */
const SCOPED = new Set(['Call', 'Charge']);

/**
 * An operation as PostGraphile is asked.
 *
 * @param operatorKey asks for what this operator sees, by a condition on the lists of calls and charges
 */
export function printForPeer(operation: Operation, values: Values, operatorKey?: string): GraphqlRequest {
  const variables = new Variables();
  const { root, fields, name } = operation;
  const printer = new Printer(variables, values, operatorKey);
  const peerType = root.by === 'node' ? TYPES[root.type]!.peer : '';
  const body =
    root.by === 'page'
      ? printer.list(listTermsOf(root.type).peerRoot, root.type, root.page, fields, [])
      : root.by === 'id'
        ? `${root.field}(id: ${printer.id(root.type)}) ${printer.object(root.type, fields, [])}`
        : `node(id: ${printer.id(root.type)}) { ... on ${peerType} ${printer.object(root.type, fields, [])} }`;
  const hoisted = printer.hoisted.map((text) => ` ${text}`).join('');
  return { query: `query ${name}${variables.declarations} { ${body}${hoisted} }`, variables: variables.values };
}

class Printer {
  /** Lists of the object at the root that PostGraphile has at the root of the operation. */
  readonly hoisted: string[] = [];
  readonly #variables: Variables;
  readonly #values: Values;
  readonly #operatorKey: string | undefined;

  constructor(variables: Variables, values: Values, operatorKey: string | undefined) {
    this.#variables = variables;
    this.#values = values;
    this.#operatorKey = operatorKey;
  }

  id(type: string): string {
    return this.#variables.add('id', 'ID!', peerId(TYPES[type]!.peer, this.#key()));
  }

  object(type: string, fields: readonly Selected[], path: readonly string[]): string {
    const printed = this.fields(type, fields, path);
    return `{ ${printed.length > 0 ? printed.join(' ') : '__typename'} }`;
  }

  fields(type: string, fields: readonly Selected[], path: readonly string[]): string[] {
    return [...new Set(fields.flatMap((selected) => this.#field(type, selected, path)))];
  }

  list(name: string, type: string, page: PageAsked, of: readonly Selected[], path: readonly string[]): string {
    return this.#page(name, type, page, of, path, []);
  }

  #page(
    name: string,
    type: string,
    page: PageAsked,
    of: readonly Selected[],
    path: readonly string[],
    more: readonly string[],
  ): string {
    const terms = listTermsOf(type);
    const conditions = (page.filters ?? []).flatMap((filter) => {
      const place = [...path, filter].join('.');
      return this.#variables.addArguments(place, terms.filters[filter]!.peer, this.#values.filters?.[place]?.peer);
    });
    conditions.push(...more);
    if (this.#operatorKey !== undefined && SCOPED.has(type)) conditions.push(`visibleTo: "${this.#operatorKey}"`);
    const args = [`first: ${page.first}`, `orderBy: ${terms.orders[page.order]!.peer}`];
    if (conditions.length > 0) args.push(`condition: {${conditions.join(', ')}}`);
    if (page.after) args.push(`after: ${this.#variables.add('after', 'Cursor!', this.#values.after?.peer)}`);
    const info = page.info ? ` ${PAGE_INFO}` : '';
    return `${name}(${args.join(', ')}) { nodes ${this.object(type, of, path)}${info} }`;
  }

  #field(type: string, { name, of = [], page }: Selected, path: readonly string[]): string[] {
    const field = fieldOf(type, name);
    const below = [...path, name];
    switch (field.is) {
      case 'leaf':
        return [field.peer];
      case 'money':
        return [field.peer.amount, field.peer.currency];
      case 'row-money':
        return [`${field.peer.row} { ${field.peer.amount} ${field.peer.currency} }`];
      case 'inline':
        return [field.unless, ...this.fields(field.type, of, below)];
      case 'picked':
        return [
          `${name}: ${field.peer}(condition: ${field.condition}) { nodes ${this.object(field.type, of, below)} }`,
        ];
      case 'one':
        return [`${field.peer} ${this.object(field.type, of, below)}`];
      case 'list':
        return this.#list(field, name, page!, of, below);
    }
  }

  #list(field: List, name: string, page: PageAsked, of: readonly Selected[], path: readonly string[]): string[] {
    if (field.condition === undefined) return [this.list(field.peer, field.type, page, of, path)];
    if (path.length > 1) throw new Error(`${path.join('.')} can be asked of the root only.`);
    const key = this.#variables.add('key', 'BigInt!', this.#key());
    const conditions = [`${field.condition}: ${key}`];
    this.hoisted.push(this.#page(`${name}: ${field.peer}`, field.type, page, of, path, conditions));
    return [];
  }

  #key(): string {
    if (this.#values.key === undefined) throw new Error('There is no key of the object at the root.');
    return this.#values.key;
  }
}
