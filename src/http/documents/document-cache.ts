import type { KnownDocument } from './known-document.js';

/** How much a cache of documents may hold. */
export interface DocumentCacheBounds {
  readonly documents: number;
  /** Of memory, about. */
  readonly bytes: number;
}

interface Entry {
  readonly known: KnownDocument;
  /** By which it is asked for without its text, where a client registered it. */
  hash?: string;
  used: boolean;
}

/**
 * Keeps the documents that were read, by their text and by the hash that a client registered, within bounds.
 *
 * What goes first is what came first and was not asked for since; a hash goes with its document, so that registering
 * hashes takes no memory of its own.
 */
export class DocumentCache {
  readonly #byText = new Map<string, Entry>();
  readonly #byHash = new Map<string, Entry>();
  #bytes = 0;

  constructor(private readonly bounds: DocumentCacheBounds) {}

  get size(): number {
    return this.#byText.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  byText(source: string): KnownDocument | undefined {
    return this.#use(this.#byText.get(source));
  }

  byHash(hash: string): KnownDocument | undefined {
    return this.#use(this.#byHash.get(hash));
  }

  /** Keeps a document, unless it alone would fill the cache. */
  keep(known: KnownDocument): void {
    if (known.bytes > this.bounds.bytes || this.#byText.has(known.source)) return;
    while (this.#byText.size >= this.bounds.documents || this.#bytes + known.bytes > this.bounds.bytes) this.#dropOne();
    this.#byText.set(known.source, { known, used: false });
    this.#bytes += known.bytes;
  }

  /** Lets a document that is kept be asked for by its hash. */
  register(hash: string, known: KnownDocument): void {
    const entry = this.#byText.get(known.source);
    if (!entry) return;
    entry.hash = hash;
    this.#byHash.set(hash, entry);
  }

  #use(entry: Entry | undefined): KnownDocument | undefined {
    if (entry) entry.used = true;
    return entry?.known;
  }

  /** Drops the first one that was not used since it came up last; each that was gets another round. */
  #dropOne(): void {
    for (const [source, entry] of this.#byText) {
      this.#byText.delete(source);
      if (!entry.used) {
        this.#bytes -= entry.known.bytes;
        if (entry.hash !== undefined) this.#byHash.delete(entry.hash);
        return;
      }
      entry.used = false;
      this.#byText.set(source, entry);
    }
  }
}
