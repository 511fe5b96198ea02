import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { signIn } from '../contenders/product.ts';
import { type Running, startProcess } from '../contenders/start-process.ts';
import type { Target } from '../shared/ask.ts';
import { BENCH, DATA } from '../shared/places.ts';
import { VARIANTS, type VariantName } from './variants.ts';

/** Connections that each may hold to PostgreSQL. */
export const POOL_SIZE = 10;

/** An access token is taken anew long before its quarter of an hour is over. */
const TOKEN_LIFE_MS = 5 * 60_000;

/** The variants that run; a sign-in with one of them is good for all. */
export class RunningVariants {
  readonly #running: ReadonlyMap<VariantName, Running>;
  #token: { readonly text: string; readonly takenAt: number } | undefined;

  private constructor(running: ReadonlyMap<VariantName, Running>) {
    this.#running = running;
  }

  static async start(
    names: readonly VariantName[],
    databaseUrl: string,
    parts: AsyncDisposableStack,
  ): Promise<RunningVariants> {
    const secret = randomBytes(32).toString('hex');
    const running = new Map<VariantName, Running>();
    for (const name of names) {
      const process = await startVariant(name, databaseUrl, secret);
      parts.defer(() => process.stop());
      running.set(name, process);
    }
    return new RunningVariants(running);
  }

  processOf(name: VariantName): Running {
    const running = this.#running.get(name);
    if (!running) throw new Error(`${name} does not run.`);
    return running;
  }

  /** Where a variant's requests go, as the admin, with a token that is good for a round. */
  async targetOf(name: VariantName): Promise<Target> {
    if (!this.#token || Date.now() - this.#token.takenAt > TOKEN_LIFE_MS) {
      // Only what runs Apollo with the resolvers or beside them can sign somebody in: the reference always does.
      const text = await signIn(this.processOf('resolvers').url, 'admin');
      this.#token = { text, takenAt: Date.now() };
    }
    return { url: this.processOf(name).url, headers: { authorization: `Bearer ${this.#token.text}` } };
  }
}

function startVariant(name: VariantName, databaseUrl: string, secret: string): Promise<Running> {
  return startProcess(
    [
      '--disable-warning=ExperimentalWarning',
      '--enable-source-maps',
      '--import',
      './experiments/product-packages.ts',
      'experiments/variant-server.ts',
    ],
    {
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      DATABASE_POOL_SIZE: String(POOL_SIZE),
      DATA_DIR: join(DATA, 'product'),
      JWT_SECRET: secret,
      DEMO: '0',
      LOG_LEVEL: 'warn',
      TIME_ZONE: 'Europe/Moscow',
      CURRENCY: 'RUB',
      VARIANT: name,
      ...VARIANTS[name].settings,
    },
    BENCH,
  );
}
