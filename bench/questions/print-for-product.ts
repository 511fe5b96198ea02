import { fieldOf } from './fields.ts';
import { productId } from './global-id.ts';
import { listTermsOf } from './lists.ts';
import type { GraphqlRequest, Operation, PageAsked, Selected, Values } from './operation.ts';
import { Variables } from './variables.ts';

const PAGE_INFO = 'pageInfo { hasNextPage endCursor }';
const MONEY = '{ amount currency }';

/** An operation as the product is asked. */
export function printForProduct(operation: Operation, values: Values): GraphqlRequest {
  const variables = new Variables();
  const { root, fields, name } = operation;
  const printer = new Printer(variables, values);
  const body =
    root.by === 'page'
      ? printer.list(root.field, root.type, root.page, fields, [])
      : root.by === 'id'
        ? `${root.field}(id: ${printer.id(root.type)}) ${printer.object(root.type, fields, [])}`
        : `node(id: ${printer.id(root.type)}) { ... on ${root.type} ${printer.object(root.type, fields, [])} }`;
  return { query: `query ${name}${variables.declarations} { ${body} }`, variables: variables.values };
}

class Printer {
  readonly #variables: Variables;
  readonly #values: Values;

  constructor(variables: Variables, values: Values) {
    this.#variables = variables;
    this.#values = values;
  }

  id(type: string): string {
    if (this.#values.key === undefined) throw new Error(`There is no key for ${type}.`);
    return this.#variables.add('id', 'ID!', productId(type, this.#values.key));
  }

  object(type: string, fields: readonly Selected[], path: readonly string[]): string {
    return `{ ${fields.map((selected) => this.#field(type, selected, path)).join(' ')} }`;
  }

  list(name: string, type: string, page: PageAsked, of: readonly Selected[], path: readonly string[]): string {
    const terms = listTermsOf(type);
    const filters = (page.filters ?? []).flatMap((filter) => {
      const place = [...path, filter].join('.');
      return this.#variables.addArguments(
        place,
        terms.filters[filter]!.product,
        this.#values.filters?.[place]?.product,
      );
    });
    const args = [`first: ${page.first}`, `orderBy: ${terms.orders[page.order]!.product}`];
    if (filters.length > 0) args.push(`filter: {${filters.join(', ')}}`);
    if (page.after) args.push(`after: ${this.#variables.add('after', 'String!', this.#values.after?.product)}`);
    const info = page.info ? ` ${PAGE_INFO}` : '';
    return `${name}(${args.join(', ')}) { nodes ${this.object(type, of, path)}${info} }`;
  }

  #field(type: string, { name, of = [], page }: Selected, path: readonly string[]): string {
    const field = fieldOf(type, name);
    switch (field.is) {
      case 'leaf':
        return name;
      case 'money':
      case 'row-money':
        return `${name} ${MONEY}`;
      case 'list':
        return this.list(name, field.type, page!, of, [...path, name]);
      default:
        return `${name} ${this.object(field.type, of, [...path, name])}`;
    }
  }
}
