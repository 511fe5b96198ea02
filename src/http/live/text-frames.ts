/** The first byte of a whole text message (RFC 6455, 5.2): final, and of text. */
const WHOLE_TEXT = 0x81;
/** Lengths up to this stand in the second byte; beyond it that byte says how many bytes the length has. */
const SHORT = 125;
const IN_TWO_BYTES = 126;
const IN_EIGHT_BYTES = 127;
const MOST_IN_TWO_BYTES = 0xffff;

/** One message: the piece that is its socket's own, and the one that all who get it share. */
export interface FramePieces {
  readonly prefix: Buffer;
  readonly payload: Buffer;
}

function headSize(length: number): number {
  if (length <= SHORT) return 2;
  return length <= MOST_IN_TWO_BYTES ? 4 : 10;
}

function writeHead(frames: Buffer, at: number, length: number): void {
  frames[at] = WHOLE_TEXT;
  if (length <= SHORT) {
    frames[at + 1] = length;
  } else if (length <= MOST_IN_TWO_BYTES) {
    frames[at + 1] = IN_TWO_BYTES;
    frames.writeUInt16BE(length, at + 2);
  } else {
    frames[at + 1] = IN_EIGHT_BYTES;
    frames.writeBigUInt64BE(BigInt(length), at + 2);
  }
}

/** Messages as a server sends them over a WebSocket, one behind the other. */
export function textFrames(messages: readonly FramePieces[]): Buffer {
  let size = 0;
  for (const { prefix, payload } of messages) {
    const length = prefix.length + payload.length;
    size += headSize(length) + length;
  }
  const frames = Buffer.allocUnsafe(size);
  let at = 0;
  for (const { prefix, payload } of messages) {
    const length = prefix.length + payload.length;
    writeHead(frames, at, length);
    at += headSize(length);
    at += prefix.copy(frames, at);
    at += payload.copy(frames, at);
  }
  return frames;
}
