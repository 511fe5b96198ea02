/** Kinds of frames, as RFC 6455 numbers them. */
export const OPCODE = { TEXT: 1, CLOSE: 8, PING: 9, PONG: 10 } as const;

/** Messages shorter than this speak of the connection, not of events, and are handed on whole; in bytes. */
const SMALL = 80;
/** Where the envelope that everybody sends, `{"id":"1","type":"next",…`, has the `n`. */
const TYPE_AT = 18;
const N = 'n'.charCodeAt(0);
const FINAL = 0x80;

/** Gets what a reader finds. */
export interface FrameSink {
  /** An event came; its text is not looked at. */
  event(): void;
  /** Anything else that came, and events while the reader is told to keep them. */
  frame(opcode: number, payload: Buffer): void;
}

/**
 * Takes a server's frames out of a stream by their heads alone: what is counted must cost the client as little as can
 * be, since it runs on the same machine.
 */
export class FrameReader {
  /** Whether events are handed on whole too. */
  keeps = false;
  #head: Buffer | undefined;
  #opcode = 0;
  /** Bytes of the present payload that are to come. */
  #left = 0;
  #kept: Buffer[] | undefined;
  readonly #sink: FrameSink;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  /**
   * @param bytes used until this returns
   * @throws Error for a frame that no server here sends: in parts, or masked
   */
  take(bytes: Buffer): void {
    let at = 0;
    if (this.#head) {
      bytes = Buffer.concat([this.#head, bytes]);
      this.#head = undefined;
    }
    while (at < bytes.length) {
      if (this.#left > 0) {
        at = this.#skip(bytes, at);
        continue;
      }
      const headLength = this.#headLengthAt(bytes, at);
      if (at + headLength > bytes.length) {
        this.#head = Buffer.from(bytes.subarray(at));
        return;
      }
      this.#begin(bytes, at, at + headLength);
      at += headLength;
      if (this.#left === 0) this.#end();
    }
  }

  #headLengthAt(bytes: Buffer, at: number): number {
    const length = bytes[at + 1];
    if (length === undefined || length < 126) return 2;
    return length === 126 ? 4 : 10;
  }

  #begin(bytes: Buffer, at: number, payloadAt: number): void {
    const first = bytes[at]!;
    const short = bytes[at + 1]!;
    if ((first & FINAL) === 0 || short > 127) throw new Error('A frame came in parts, or masked.');
    this.#opcode = first & 0x0f;
    if (short < 126) this.#left = short;
    else this.#left = short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    const type = bytes[payloadAt + TYPE_AT] ?? N;
    const counted = this.#opcode === OPCODE.TEXT && this.#left >= SMALL && type === N;
    this.#kept = counted && !this.keeps ? undefined : [];
  }

  #skip(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#left);
    this.#kept?.push(Buffer.from(bytes.subarray(at, end)));
    this.#left -= end - at;
    if (this.#left === 0) this.#end();
    return end;
  }

  #end(): void {
    if (this.#kept) this.#sink.frame(this.#opcode, Buffer.concat(this.#kept));
    else this.#sink.event();
  }
}
