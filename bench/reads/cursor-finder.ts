import { peerId, productId } from '../questions/global-id.ts';
import { listTermsOf } from '../questions/lists.ts';
import type { Cursors } from '../questions/operation.ts';
import { ask, type Target } from '../shared/ask.ts';

interface Edges {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
}

/** A row to find the place of, with what the product's lists can be narrowed to it by. */
export type Place =
  | { readonly type: 'Customer'; readonly key: string; readonly email: string }
  | { readonly type: 'Call'; readonly key: string; readonly startedAt: string };

/** Finds out how a place in a list is written, by asking each graph for its own cursor of a row. */
export class CursorFinder {
  readonly #product: Target;
  readonly #peer: Target;

  constructor(product: Target, peer: Target) {
    this.#product = product;
    this.#peer = peer;
  }

  /** @param order by its name among the orders of the type */
  async find(place: Place, order: string): Promise<Cursors> {
    const terms = listTermsOf(place.type);
    const orders = terms.orders[order]!;
    const [field, filter] = narrowing(place);
    const [product, peer] = await Promise.all([
      this.#ask(
        this.#product,
        `{ list: ${field}(first: 100, orderBy: ${orders.product}, filter: ${filter}) { edges { cursor node { id } } } }`,
      ),
      this.#ask(
        this.#peer,
        `{ list: ${terms.peerRoot}(orderBy: ${orders.peer}, condition: {rowId: "${place.key}"}) { edges { cursor node { id } } } }`,
      ),
    ]);
    return {
      product: cursorOf(product, productId(place.type, place.key)),
      peer: cursorOf(peer, peerId(place.type, place.key)),
    };
  }

  async #ask(target: Target, query: string): Promise<Edges> {
    const { data } = await ask(target, JSON.stringify({ query }));
    return data.list as unknown as Edges;
  }
}

function narrowing(place: Place): [field: string, filter: string] {
  if (place.type === 'Customer') return ['customers', `{email: "${place.email}"}`];
  const second = new Date(Date.parse(place.startedAt) + 1000).toISOString();
  return ['calls', `{startedFrom: "${place.startedAt}", startedBefore: "${second}"}`];
}

function cursorOf({ edges }: Edges, id: string): string {
  const edge = edges.find(({ node }) => node.id === id);
  if (!edge) throw new Error(`There is no edge of ${id} among ${JSON.stringify(edges)}.`);
  return edge.cursor;
}
