import { startFloor } from '../contenders/floor.ts';
import { startPostgraphile } from '../contenders/postgraphile.ts';
import { signIn, startProduct, type Who } from '../contenders/product.ts';
import type { Running } from '../contenders/start-process.ts';
import type { Dataset } from '../dataset/open-dataset.ts';
import type { Target } from '../shared/ask.ts';
import type { EntryName } from './entries.ts';

/** Connections that each may hold to PostgreSQL. */
export const POOL_SIZE = 10;

/** An access token is taken anew long before its quarter of an hour is over. */
const TOKEN_LIFE_MS = 5 * 60_000;

const WHO: Readonly<Partial<Record<EntryName, Who>>> = { 'product (admin)': 'admin', 'product (operator)': 'operator' };

/** The processes that are measured. */
export class Contenders {
  readonly product: Running;
  readonly postgraphile: Running;
  readonly floor: Running;
  readonly #tokens = new Map<Who, { readonly token: string; readonly takenAt: number }>();

  private constructor(product: Running, postgraphile: Running, floor: Running) {
    this.product = product;
    this.postgraphile = postgraphile;
    this.floor = floor;
  }

  static async start({ url, readerUrl }: Dataset, parts: AsyncDisposableStack): Promise<Contenders> {
    const product = await startProduct(url, POOL_SIZE);
    parts.defer(() => product.stop());
    const postgraphile = await startPostgraphile(readerUrl, POOL_SIZE);
    parts.defer(() => postgraphile.stop());
    const floor = await startFloor(readerUrl, POOL_SIZE);
    parts.defer(() => floor.stop());
    return new Contenders(product, postgraphile, floor);
  }

  /** The process behind an entry. */
  processOf(entry: EntryName): Running {
    if (entry === 'floor') return this.floor;
    return WHO[entry] ? this.product : this.postgraphile;
  }

  /** Where an entry's requests go, with a token that is good for a round. */
  async targetOf(entry: EntryName): Promise<Target> {
    const { url } = this.processOf(entry);
    const who = WHO[entry];
    return { url, headers: who ? { authorization: `Bearer ${await this.#tokenOf(who)}` } : {} };
  }

  async #tokenOf(who: Who): Promise<string> {
    const known = this.#tokens.get(who);
    if (known && Date.now() - known.takenAt < TOKEN_LIFE_MS) return known.token;
    const token = await signIn(this.product.url, who);
    this.#tokens.set(who, { token, takenAt: Date.now() });
    return token;
  }
}
