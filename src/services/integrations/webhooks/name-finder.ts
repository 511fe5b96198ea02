import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { readHosts } from './hosts-file.js';

/** How long a name server may take, how often it is asked, and how long all of it may take; in milliseconds. */
const TRY_MS = 1_500;
const TRIES = 2;
const FIND_MS = 4_000;
/** How long what was found, or was not, is believed; in milliseconds. */
const BELIEVE_MS = 10_000;
const BELIEVE_FAILURE_MS = 5_000;
/** So many names are remembered at most. */
const MOST_NAMES = 1_000;

interface Known {
  readonly until: number;
  readonly found: Promise<readonly LookupAddress[]>;
}

/**
 * Finds the addresses of names without the threads that files and passwords need too: a name server that is slow keeps
 * nobody waiting but who asked for its names.
 *
 * The system's file of hosts comes first, then its name servers; names are taken as whole ones, no search list is tried.
 * One name is looked up once at a time, and what came of it is believed for some seconds, a failure too.
 */
export class NameFinder {
  readonly #known = new Map<string, Known>();

  /**
   * @param servers other name servers than the system's, such as `127.0.0.1:5353`
   * @param findMs how long a name may take
   */
  constructor(
    private readonly servers?: readonly string[],
    private readonly findMs = FIND_MS,
  ) {}

  /** @throws Error where there is no such name, or it was not found in time */
  find(hostname: string): Promise<readonly LookupAddress[]> {
    const name = hostname.toLowerCase().replace(/\.$/, '');
    const known = this.#known.get(name);
    if (known && known.until > performance.now()) return known.found;
    const found = this.#look(name);
    this.#keep(name, found, Number.POSITIVE_INFINITY);
    found.then(
      () => this.#keep(name, found, performance.now() + BELIEVE_MS),
      () => this.#keep(name, found, performance.now() + BELIEVE_FAILURE_MS),
    );
    return found;
  }

  #keep(name: string, found: Promise<readonly LookupAddress[]>, until: number): void {
    this.#known.delete(name);
    this.#known.set(name, { until, found });
    if (this.#known.size > MOST_NAMES) this.#known.delete(this.#known.keys().next().value!);
  }

  async #look(name: string): Promise<readonly LookupAddress[]> {
    if (name === 'localhost' || name.endsWith('.localhost')) return addressesOf(['127.0.0.1', '::1']);
    const written = (await readHosts()).get(name);
    return written ? addressesOf(written) : this.#ask(name);
  }

  async #ask(name: string): Promise<readonly LookupAddress[]> {
    const resolver = new Resolver({ timeout: TRY_MS, tries: TRIES });
    if (this.servers) resolver.setServers(this.servers);
    const timer = setTimeout(() => resolver.cancel(), this.findMs);
    const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    clearTimeout(timer);
    const addresses = [four, six].flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    if (addresses.length === 0 && four.status === 'rejected') throw four.reason;
    return addressesOf(addresses);
  }
}

function addressesOf(addresses: readonly string[]): readonly LookupAddress[] {
  return addresses.map((address) => ({ address, family: isIP(address) }));
}
