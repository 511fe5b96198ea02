import type { LookupAddress, LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { NameFinder } from './name-finder.js';
import { isPublicAddress } from './public-address.js';

/** Nothing is sent there; the message says why, in words for a person, and not what our network looks like. */
export class TargetRefused extends Error {}

/** What was found out about a name, for our own log only. */
export type NoteTarget = (detail: string) => void;

/** Finds the addresses of a name. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

const NOT_FOUND = 'must name a host that is found, at public addresses only';
const LONGEST_URL = 2000;
/** How long a name may take to be found while somebody waits, in milliseconds. */
const RESOLVE_MS = 5_000;

/**
 * Where webhooks may go: to public addresses over TLS, or anywhere where a setting allows it.
 *
 * A name is looked at when somebody gives it and again at each connection (`lookup`), by the very addresses that are
 * connected to: a name that says something else by then does not pass. A name that is not found and one that is not
 * public are refused in the same words: nobody learns what names there are within.
 */
export class Targets {
  constructor(
    private readonly allowPrivate: boolean,
    private readonly resolve: Resolve = findBySystem(),
    private readonly note: NoteTarget = () => undefined,
  ) {}

  /**
   * A URL that a message may be sent to; its name is not looked up.
   *
   * @throws TargetRefused
   */
  read(text: string): URL {
    const url = text.length <= LONGEST_URL ? URL.parse(text) : null;
    if (!url)
      throw new TargetRefused(`must be a URL of at most ${LONGEST_URL} characters, such as https://example.com/hook`);
    if (url.protocol !== 'https:' && !(this.allowPrivate && url.protocol === 'http:')) {
      throw new TargetRefused(this.allowPrivate ? 'must begin with https:// or http://' : 'must begin with https://');
    }
    if (url.username || url.password) throw new TargetRefused('must not have a user name or a password in it');
    const host = hostOf(url);
    if (isIP(host) && !this.#allows(host))
      throw new TargetRefused(`must not go to ${host}, which is no public address`);
    return url;
  }

  /**
   * Whether a URL has a name, which only looking it up says more about.
   *
   * @throws TargetRefused
   */
  isNamed(text: string): boolean {
    return isIP(hostOf(this.read(text))) === 0;
  }

  /**
   * Looks the name of a URL up.
   *
   * @throws TargetRefused also where it is not found
   */
  async check(text: string): Promise<void> {
    const host = hostOf(this.read(text));
    if (isIP(host)) return;
    const late = new AbortController();
    const giveUp = sleep(RESOLVE_MS, undefined, { signal: late.signal, ref: false }).then(() => {
      throw this.#refuse(`${host} was not found in time`);
    });
    await Promise.race([this.#find(host), giveUp]).finally(() => late.abort());
  }

  /** For `http.request`: gives addresses only where all are allowed. */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    this.#find(hostname).then(
      (addresses) => giveAddresses(addresses, options, callback),
      (error: Error) => callback(error, ''),
    );
  };

  #allows(address: string): boolean {
    return this.allowPrivate || isPublicAddress(address);
  }

  async #find(hostname: string): Promise<readonly LookupAddress[]> {
    const addresses = await this.resolve(hostname).catch((error: Error) => {
      throw this.#refuse(`${hostname} was not found: ${error.message}`);
    });
    const wrong = addresses.find(({ address }) => !this.#allows(address));
    if (wrong) throw this.#refuse(`${hostname} is ${wrong.address}, which is no public address`);
    if (addresses.length === 0) throw this.#refuse(`${hostname} has no address`);
    return addresses;
  }

  #refuse(detail: string): TargetRefused {
    this.note(detail);
    return new TargetRefused(this.allowPrivate ? 'must name a host that is found' : NOT_FOUND);
  }
}

/** The host of a URL, an address of IPv6 without its brackets. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

function giveAddresses(
  addresses: readonly LookupAddress[],
  { all, family }: LookupOptions,
  callback: Parameters<LookupFunction>[2],
): void {
  const version = family === 'IPv4' ? 4 : family === 'IPv6' ? 6 : family;
  const fitting = addresses.filter((one) => !version || one.family === version);
  const [first] = fitting;
  if (!first) callback(new TargetRefused(NOT_FOUND), '');
  else if (all) callback(null, fitting as LookupAddress[]);
  else callback(null, first.address, first.family);
}

function findBySystem(): Resolve {
  const names = new NameFinder();
  return (hostname) => names.find(hostname);
}
