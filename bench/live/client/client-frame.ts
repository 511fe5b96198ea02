const MASKED = 0x80;
const FINAL = 0x80;

/** A frame as a client sends it: masked, as it must be, by zeroes, which leave the payload as it is. */
export function clientFrame(opcode: number, payload: string | Buffer): Buffer {
  const body = Buffer.from(payload);
  const short = body.length < 126;
  const head = Buffer.alloc(short ? 6 : 8);
  head[0] = FINAL | opcode;
  head[1] = MASKED | (short ? body.length : 126);
  if (!short) head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, body]);
}
